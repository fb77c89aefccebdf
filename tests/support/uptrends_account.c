/* The account that the stand-in has. */
#include "tests/support/uptrends.h"

const struct uptrends_page uptrends_account[] = {
	{ "/Account/Settings", "{\"TimezoneId\": 23}" },
	{ "/Timezone/23", "{\"TimezoneId\": 23, \"OffsetFromUtc\": 60,"
			  " \"HasDaylightSaving\": true, \"DaylightSavingOffset\": 60,"
			  " \"DaylightSavingStart\": \"2026-03-29T02:00:00\","
			  " \"DaylightSavingEnd\": \"2026-10-25T03:00:00\"}" },
	{ "/MonitorGroup",
	  "[{\"MonitorGroupGuid\": \"c0000000-0000-0000-0000-000000000001\","
	  " \"Description\": \"All monitors\", \"IsAll\": true},"
	  "{\"MonitorGroupGuid\": \"C0000000-0000-0000-0000-000000000002\","
	  " \"Description\": \"EU shop\", \"IsAll\": false}]" },
	{ "/MonitorGroup/c0000000-0000-0000-0000-000000000002/Member",
	  "[{\"MonitorGuid\": \"0b1f6c58-19b4-4f80-9f19-AAAAAAAAAAA1\"},"
	  " {\"MonitorGuid\": \"" API_GUID "\"}]" },
	{ "/Monitor",
	  "[{\"MonitorGuid\": \"" SHOP_GUID
	  "\", \"Name\": \"Shop\", \"MonitorType\": \"Https\","
	  " \"MonitorMode\": \"Production\", \"IsActive\": true,"
	  " \"GenerateAlert\": true},"
	  "{\"MonitorGuid\": \"" API_GUID
	  "\", \"Name\": \"Shop\", \"MonitorType\": \"MultiStepApi\","
	  " \"MonitorMode\": \"Production\", \"IsActive\": true,"
	  " \"GenerateAlert\": true},"
	  "{\"MonitorGuid\": \"" BATCH_GUID "\", \"Name\": \" Nightly\\tbätch \","
	  " \"MonitorType\": \"NewKind\", \"MonitorMode\": \"Staging\","
	  " \"IsActive\": true, \"GenerateAlert\": false}]" },
	{ "/AlertDefinition",
	  "[{\"AlertDefinitionGuid\": \"D0000000-0000-0000-0000-000000000001\","
	  " \"AlertName\": \"Default\", \"IsActive\": true, \"Hash\": \"x\"}]" },
	{ "/AlertDefinition/d0000000-0000-0000-0000-000000000001/Member",
	  "[{\"MonitorGroupGuid\": \"c0000000-0000-0000-0000-000000000002\"},"
	  " {\"MonitorGuid\": \"" BATCH_GUID "\"},"
	  " {\"MonitorGuid\": \"0b1f6c58-0000-0000-0000-00000000dead\"}]" },
	{ "/AlertDefinition/d0000000-0000-0000-0000-000000000001/EscalationLevel",
	  "[{\"Id\": 1, \"EscalationMode\": \"AlertOnErrorCount\","
	  " \"ThresholdErrorCount\": 2, \"ThresholdMinutes\": 5, \"IsActive\": true,"
	  " \"NumberOfReminders\": 0, \"ReminderDelay\": 0},"
	  "{\"Id\": 2, \"EscalationMode\": \"AlertOnErrorDuration\","
	  " \"ThresholdErrorCount\": 1, \"ThresholdMinutes\": 10, \"IsActive\": true,"
	  " \"NumberOfReminders\": 3, \"ReminderDelay\": 15},"
	  "{\"Id\": 5, \"EscalationMode\": \"AlertOnErrorCount\","
	  " \"ThresholdErrorCount\": 1, \"IsActive\": false}]" },
	{ "/AlertDefinition/d0000000-0000-0000-0000-000000000001/EscalationLevel/1/"
	  "Integration",
	  "[{\"IntegrationGuid\": \"e0000000-0000-0000-0000-000000000001\","
	  " \"Name\": \"StatusHub EU\", \"Type\": \"Statushub\","
	  " \"IntegrationServices\": [\"" WEBSITE_GUID "\", \"" PARTNER_GUID "\"],"
	  " \"StatusHubServiceList\": [{\"MonitorGuid\": \"" SHOP_GUID
	  "\", \"IntegrationServiceGuid\": \"" WEBSITE_GUID "\"},"
	  " {\"MonitorGuid\": \"" API_GUID "\", \"IntegrationServiceGuid\": \""
	  "5e1f6c58-19b4-4f80-9f19-bbbbbbbbbbb1\"}]},"
	  "{\"IntegrationGuid\": \"e0000000-0000-0000-0000-000000000009\","
	  " \"Name\": \"Mail\", \"Type\": \"Email\"}]" },
	/* A list of one, as the description has it for some lists. */
	{ "/AlertDefinition/d0000000-0000-0000-0000-000000000001/EscalationLevel/2/"
	  "Integration",
	  "{\"IntegrationGuid\": \"E0000000-0000-0000-0000-000000000001\","
	  " \"Name\": \"StatusHub EU\", \"Type\": \"Statushub\","
	  " \"StatusHubServiceList\": [{\"MonitorGuid\": \"" BATCH_GUID
	  "\", \"IntegrationServiceGuid\": \"" PARTNER_GUID "\"}]}" },
	{ "/AlertDefinition/d0000000-0000-0000-0000-000000000001/EscalationLevel/5/"
	  "Integration",
	  "[]" },
	{ "/Integration",
	  "[{\"IntegrationGuid\": \"e0000000-0000-0000-0000-000000000001\","
	  " \"Name\": \"StatusHub EU\", \"Type\": \"Statushub\","
	  " \"IntegrationServices\": [\"" WEBSITE_GUID "\", \"" PARTNER_GUID "\"]},"
	  "{\"IntegrationGuid\": \"e0000000-0000-0000-0000-000000000009\","
	  " \"Name\": \"Mail\", \"Type\": \"Email\"}]" },
	{ "/Monitor/0b1f6c58-19b4-4f80-9f19-aaaaaaaaaaa1/MaintenancePeriod", "[]" },
	{ "/Monitor/0b1f6c58-19b4-4f80-9f19-aaaaaaaaaaa2/MaintenancePeriod", "[]" },
	{ "/Monitor/0b1f6c58-19b4-4f80-9f19-aaaaaaaaaaa3/MaintenancePeriod",
	  "[{\"Id\": 7, \"ScheduleMode\": \"Weekly\", \"WeekDay\": \"Sunday\","
	  " \"StartTime\": \"02:00:00\", \"EndTime\": \"04:30:00\","
	  " \"MaintenanceType\": \"DisableNotifications\","
	  " \"Description\": \"Re-index\"}]" },
};
const size_t uptrends_account_count =
	sizeof(uptrends_account) / sizeof(uptrends_account[0]);
