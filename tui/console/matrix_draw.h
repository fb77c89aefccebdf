/* How a matrix of links is drawn: as many rows and columns as there is room for, the names
 * of both always in sight. */
#ifndef CONSOLE_MATRIX_DRAW_H
#define CONSOLE_MATRIX_DRAW_H

#include "tui/console/matrix.h"
#include "tui/console/paint.h"

/* How an area is shared: columns of a row's name, cells beside it, rows of names above,
 * rows under them. */
struct matrix_grid {
	int label_columns, header_rows;
	int cells, cell_columns, rows;
};
struct matrix_grid matrix_grid_of(const struct matrix *matrix, struct rect area);

/* The grid, its sums and a line about the cell under the cursor. Scrolls the matrix to its
 * cursor first. */
void matrix_draw(struct matrix *matrix, struct rect area);

#endif
