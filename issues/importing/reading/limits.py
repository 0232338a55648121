"""How large a file may be. What is larger is refused before it is read."""

MOST_BYTES = 50 * 2**20
MOST_ROWS = 200_000
MOST_COLUMNS = 700
LONGEST_CELL = 131_072

# Of a workbook, which is an archive: its parts, and what they are when unpacked.
MOST_PARTS = 2_000
MOST_UNPACKED = 400 * 2**20
# A part that unpacks to so many times its size is no table, once it is large at all.
MOST_TIMES = 150
LARGE = 20 * 2**20
# The last row that a spreadsheet has; a file may write more of them.
LAST_ROW = 1_048_576
# Parts that the library holds in memory as a whole: the texts of all cells, styles, relations.
MOST_OF_A_PART = 80 * 2**20
