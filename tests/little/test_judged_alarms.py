"""What an author decides on an alarm over the quotes of a source: put a test here when a decision must count, or must not."""

from command import evidence

HILLFORD = "Half of the bakers who were asked (62%) buy flour in town."


def test_an_alarm_over_a_quote_is_open_until_a_correction_names_it_or_a_reason_lets_it_stand(little_book):
    source = (
        "--title",
        "Flour",
        "--short",
        "Flour",
        "--as-of",
        "2026-03-31",
        "--licence",
        "none",
        "--cadence",
        "one-off",
        "--kind",
        "report",
    )
    assert evidence("new", "source", "--id", "flour", *source, "--seed", "flour.txt", folder=little_book).code == 0
    figure = ("--id", "flour.local", "--source", "flour", "--locator", "page 1", "--quote", HILLFORD, "--stated", "62%", "--value", "62")
    done = evidence("new", "figure", *figure, "--unit", "percent", "--as-of", "2026-03-31", folder=little_book)
    assert done.code == 0, done.complained
    code, text, _ = evidence("audit", "--library", folder=little_book)
    assert (code, "1 open" in text, "id: flour.local; grade: contradiction" in " ".join(text.split())) == (1, True, True)
    table = little_book / "data" / "let-stand.csv"
    for words, ended, told in (
        ("bakers who were asked (62%)", 0, "0 open, 1 let stand"),
        ("bakers", 0, "0 open"),
        ("millers", 1, "in no alarm"),
    ):
        table.write_text(f"source,kind,text,reason\nflour,words against numbers,{words},A slip of the printer.\n", encoding="utf-8")
        code, text, _ = evidence("audit", "--library", folder=little_book)
        assert (code, told in " ".join(text.split())) == (ended, True), text
