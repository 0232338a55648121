"""Separated text as it comes: encodings, delimiters, line breaks, damage."""

import codecs

import pytest

from issues.importing.reading import ReadError, read


def cells(data: bytes, **how: str) -> list[tuple[str, ...]]:
    return [row.cells for row in read(data, **how).rows]


HEAD = "issue,actor,quote\n"
RUSSIAN = "вопрос;участник;слова\nСток;Арден;Мы не согласны с этим предложением, и народ нас поддержит\n"
GERMAN = "Thema;Partei;Wortlaut\nAbfluß;Grüne;„Wir können das so nicht länger hinnehmen“, sagte er später\n"
TURKISH = "konu;taraf;söz\nSu;Türkiye;Bu öneriyi şimdi değil, görüşmelerden sonra değerlendireceğiz dedi\n"

POLISH = "sprawa;strona;słowa\nWoda;Węgry;Premier powiedział, że umowa jeszcze nie jest gotowa, są żądania\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("name\nTürkiye".encode(), "utf-8"),
        ("\ufeffname\nTürkiye".encode(), "utf-8"),
        ("name\nTürkiye".encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + "name\nTürkiye".encode("utf-16-be"), "utf-16"),
        ("name\nTürkiye".encode("utf-16-le"), "utf-16-le"),
        ("name\nTürkiye".encode("utf-16-be"), "utf-16-be"),
        ("name\nTürkiye".encode("cp1252"), ""),
    ],
)
def test_the_encoding_is_found_and_its_mark_is_no_letter(data: bytes, encoding: str) -> None:
    grid = read(data)

    assert [row.cells for row in grid.rows] == [("name",), ("Türkiye",)]
    assert not encoding or grid.encoding == encoding


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (GERMAN, "cp1252"),
        (TURKISH, "cp1254"),
        (POLISH, "cp1250"),
        ("actor,value\nTürkiye,5\nCôte d'Ivoire,3\nCuraçao,4\n", "cp1252"),
        ("name,n\nΗ συμφωνία δεν είναι έτοιμη,4\n", "cp1253"),
    ],
)
def test_a_code_page_is_told_by_its_letters_and_said_to_be_a_guess(text: str, encoding: str) -> None:
    grid = read((text * 3).encode(encoding))

    seen = "\n".join(grid.delimiter.join(row.cells) for row in grid.rows)
    assert seen == (text * 3).strip()
    assert grid.encoding_is_guess


def test_a_file_of_unicode_with_one_damaged_letter_is_not_taken_for_a_code_page() -> None:
    data = "name,words\nTürkiye,größer über Ämter für später".encode() + b"\xff\n"

    grid = read(data)

    assert grid.encoding == "utf-8"
    assert grid.rows[1].cells[0] == "Türkiye"
    assert [(cell.row, cell.column) for cell in grid.warned] == [(2, 2)]


def test_an_encoding_that_is_chosen_must_fit_and_the_row_is_told_where_it_does_not() -> None:
    with pytest.raises(ReadError, match="Row 3: This is not utf-8") as refused:
        read(b"a,b\n1,2\n\xe9,4", encoding="utf-8")

    assert refused.value.row == 3
    assert cells(b"a,b\n1,2\n\xe9,4", encoding="cp1252")[2] == ("é", "4")
    with pytest.raises(ReadError, match="none of the encodings"):
        read(b"a", encoding="rot13")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_though_others_occur_in_the_words(delimiter: str) -> None:
    rows = [["actor", "words", "n"], ["Arden", "yes, no; maybe", "1"], ["Belmar", "a, b; c, d", "2"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)

    grid = read(text.encode())

    assert grid.delimiter == delimiter
    assert [list(row.cells) for row in grid.rows] == rows


def test_a_delimiter_that_the_first_row_declares_is_taken_and_the_row_is_none() -> None:
    grid = read(b"sep=;\r\na;b,c\r\n1;2,3\r\n")

    assert [(row.number, row.cells) for row in grid.rows] == [(2, ("a", "b,c")), (3, ("1", "2,3"))]


def test_groupings_divided_by_semicolons_are_one_cell_where_commas_divide() -> None:
    data = b'id,members\n1,A;B;C\n2,"D, the one;E"\n3,F\n'

    assert cells(data) == [("id", "members"), ("1", "A;B;C"), ("2", "D, the one;E"), ("3", "F")]


def test_a_number_with_a_comma_stays_whole_where_semicolons_divide() -> None:
    assert cells(b"a;b\n1,5;2\n3,5;4\n") == [("a", "b"), ("1,5", "2"), ("3,5", "4")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_break_in_a_cell_stays_and_rows_count_as_a_spreadsheet_counts_them(end: str) -> None:
    data = f'a,b{end}"one{end}two",2{end}{end}3,4{end}'.encode()

    grid = read(data)

    assert [(row.number, row.cells) for row in grid.rows] == [
        (1, ("a", "b")),
        (2, ("one\ntwo", "2")),
        (4, ("3", "4")),
    ]


def test_a_quotation_mark_that_is_never_closed_is_told_with_the_row_where_it_stands() -> None:
    with pytest.raises(ReadError, match="Row 3: A quotation mark is opened here") as refused:
        read(b'a,b\n1,2\n"3,4\n5,6\n')

    assert refused.value.row == 3


def test_a_cell_without_end_is_an_error_with_its_row() -> None:
    with pytest.raises(ReadError, match="Row 2: A cell is longer than") as refused:
        read(b"a\n" + b"x" * 200_000)

    assert refused.value.row == 2


@pytest.mark.parametrize("damaged", ["TÃ¼rkiye", "â€œWe agreeâ€\x9d", "x\ufffdy", "ÐœÐ¾ÑÐºÐ²Ð°", "Â«nonÂ»"])
def test_wrongly_decoded_letters_are_warned_of_by_cell(damaged: str) -> None:
    grid = read(f"a,b\n1,{damaged}\n".encode())

    assert [(cell.row, cell.column, cell.value) for cell in grid.warned] == [(2, 2, damaged)]


@pytest.mark.parametrize(
    "fine", ["SÃO PAULO", "Âge", "Ñandú", "Ðorđe", "€ 5", "naïve", "Ø", "=", "= 5", "#1"]
)
def test_words_that_only_look_so_are_not(fine: str) -> None:
    assert read(f"a,b\n1,{fine}\n".encode()).warned == []


@pytest.mark.parametrize("value", ["#N/A", "#DIV/0!", "=SUM(A1:A3)", "=cmd|' /C calc'!A0", '=HYPERLINK("x")'])
def test_errors_and_formulas_in_text_are_warned_of(value: str) -> None:
    quoted = '"{}"'.format(value.replace('"', '""'))

    assert len(read(f"a,b\n1,{quoted}\n".encode()).warned) == 1


@pytest.mark.parametrize("data", [b"", b"\n\n\n", b"\xef\xbb\xbf", b",,,\n,,\n", b"  "[:0]])
def test_an_empty_file_is_told_so(data: bytes) -> None:
    with pytest.raises(ReadError, match="There is nothing in this file"):
        read(data)


def test_binary_data_is_told_so() -> None:
    with pytest.raises(ReadError, match="NUL"):
        read(b"a,b\n1,2\n\x00\x01\x02")


def test_twenty_thousand_columns_are_refused() -> None:
    with pytest.raises(ReadError, match="Row 1: There are 20,000 columns"):
        read(b",".join(b"x" for _ in range(20_000)))
