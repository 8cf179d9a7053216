"""Producers that are slow, broken, moved or hostile: put a test here when an answer must be refused, or asked for again."""

import gzip
from dataclasses import replace
from types import SimpleNamespace

import pytest
import tenacity
from stage import BRADFORD, HEADER, HULL, NEXT, QUICK, UK, Producer, line, rows_of, table, write_rows

from evidence.catalog import load
from evidence.paths import ROOT
from evidence.refresh import asking, refresh
from evidence.refresh import table as refresh_table
from evidence.refresh.web import web_site

BLOCK = b"x" * 1000


def send(handler, status=200, kind="text/csv", **headers):
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    for name, text in headers.items():
        handler.send_header(name.replace("_", "-"), text)
    handler.end_headers()


def in_turn(*answers):
    """Answer with each in turn, the last for ever."""
    left = list(answers)
    return lambda handler: (left.pop(0) if len(left) > 1 else left[0])(handler)


def whole(handler):
    send(handler, Content_Length=str(len(table())))
    handler.wfile.write(table())


def failing(status, **headers):
    return lambda handler: send(handler, status, Content_Length="0", **headers)


def cut(handler):
    send(handler, Content_Length=str(len(table())))
    handler.wfile.write(table()[:-20])


def hang_up(handler):
    handler.connection.close()


@pytest.mark.parametrize(
    ("fault", "pause"),
    [
        *((fault, QUICK.pause_seconds) for fault in (failing(500), failing(502), failing(503), cut, hang_up)),
        (failing(429, Retry_After="1"), 1),
    ],
)
def test_a_passing_fault_is_asked_again_after_a_pause_and_forgiven(fault, pause, world, producer, monkeypatch):
    pauses = []
    monkeypatch.setattr(tenacity.nap, "time", SimpleNamespace(sleep=pauses.append))
    producer.answers["/pay.csv"] = in_turn(fault, whole)
    assert len(world.refresh().drawn.candidates) == 3
    assert producer.asked.count("/pay.csv") == 2
    assert pauses == [pause]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (failing(500), "/pay.csv: the producer answers with status 500. Asked 3 times. Try again later"),
        (failing(429), "/pay.csv: the producer answers with status 429. Asked 3 times."),
        (cut, " bytes came of the "),
        (hang_up, "/pay.csv: the line failed ("),
    ],
)
def test_a_fault_that_stays_is_told_after_three_attempts(fault, said, world, producer):
    producer.answers["/pay.csv"] = fault
    assert said in world.problem()
    assert producer.asked.count("/pay.csv") == 3


def test_a_producer_that_asks_for_a_day_is_not_asked_again_before(world, producer):
    producer.answers["/pay.csv"] = failing(429, Retry_After="86400")
    assert "Asked 1 times. It asks us to wait for 86,400 seconds." in world.problem()


@pytest.mark.parametrize("status", [401, 403, 404, 410, 304, 204])
def test_an_answer_that_will_not_change_is_not_asked_again(status, world, producer):
    producer.answers["/pay.csv"] = failing(status)
    said = f"nothing is there (status {status})" if status in (404, 410) else f"the producer answers with status {status}, expected 200"
    assert f"/pay.csv: {said}. The file may have moved" in world.problem()
    assert producer.asked.count("/pay.csv") == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_site_that_has_no_such_file_is_read_on(status, producer):
    producer.answers["/book/missing.csv"] = failing(status)
    producer.give("/book/there.csv", b"pay\n")
    read = web_site(f"{producer.base}/book/")
    assert (read("missing.csv"), read("there.csv")) == (None, b"pay\n")


def test_a_file_cut_off_between_two_rows_is_noticed_by_its_length(world, producer):
    short = table(NEXT[:2])
    producer.give("/pay.csv", short, Content_Length=str(len(table())))
    assert f"{len(short):,} bytes came of the {len(table())} announced." in world.problem()


def test_a_row_cut_off_without_a_length_is_noticed_by_its_cells(world, producer):
    producer.give("/pay.csv", table()[:-60], Content_Length=None)
    assert "pay.csv, row 6: " in world.problem()
    assert "cells where the header has 10. The file is cut off or damaged" in world.problem()


@pytest.mark.parametrize("headers", [False, True], ids=["the body", "the headers"])
def test_a_drip_ends_at_the_total_limit(headers, world, producer):
    """It would end by itself after a minute."""
    ended = []

    def drip(handler):
        if not headers:
            send(handler, Content_Length="5000")
        else:
            handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Long: ")
        for _ in range(1200):
            if producer.over.wait(0.05):
                return
            handler.wfile.write(b"x")
            handler.wfile.flush()
        ended.append(handler)

    producer.answers["/pay.csv"] = drip
    assert "/pay.csv: not there after 0.6 seconds" in world.problem(limits=replace(QUICK, total_seconds=0.6))
    assert ended == []


def test_a_producer_that_says_nothing_ends_at_the_read_limit(world, producer):
    """It would hang up after a minute, which is told otherwise."""
    producer.answers["/pay.csv"] = lambda _handler: producer.over.wait(60)
    quick = replace(QUICK, read_seconds=0.2, total_seconds=60, attempts=2)
    assert "/pay.csv: the line failed (ReadTimeout). Asked 2 times." in world.problem(limits=quick)


def test_a_port_where_nobody_listens_is_told(world):
    gone = Producer()
    gone.close()
    world.declare(address=f"{gone.base}/pay.csv")
    assert "/pay.csv: the line failed (ConnectionError). Asked 3 times." in world.problem()


def endless(handler):
    send(handler)
    while True:
        handler.wfile.write(BLOCK)


@pytest.mark.parametrize(
    "answer",
    [
        endless,
        lambda handler: (send(handler, Content_Length="1000000"), [handler.wfile.write(BLOCK) for _ in range(1000)]),
        lambda handler: (send(handler, Content_Encoding="gzip"), handler.wfile.write(gzip.compress(bytes(50_000_000)))),
    ],
    ids=["endless", "oversized", "gzip bomb"],
)
def test_no_more_than_the_size_limit_is_taken(answer, world, producer):
    producer.answers["/pay.csv"] = answer
    assert "/pay.csv: more than 100,000 bytes. This is not the file we know" in world.problem()


def test_a_packed_file_is_unpacked(world, producer):
    producer.give("/pay.csv", gzip.compress(table()), Content_Encoding="gzip")
    assert len(world.refresh().drawn.candidates) == 3


def test_a_packed_file_that_ends_in_the_middle_is_refused(world, producer):
    producer.give("/pay.csv", gzip.compress(table())[:-12], Content_Encoding="gzip")
    assert "the packed file ends in the middle" in world.problem()


def test_an_unknown_packing_is_refused(world, producer):
    producer.give("/pay.csv", table(), Content_Encoding="br")
    assert "packed as br, expected gzip or nothing" in world.problem()


def moved(there, status=302):
    return failing(status, Location=there)


def test_redirects_on_the_same_host_are_followed_and_kept_on_record(world, producer):
    producer.answers["/pay.csv"] = moved("/a", 301)
    producer.answers["/a"] = moved("/b?x=1", 307)
    producer.answers["/b?x=1"] = moved("/c", 308)
    producer.answers["/c"] = whole
    assert len(world.refresh().drawn.candidates) == 3
    assert '/c",' in (world.store / "ons-ashe" / "manifest.json").read_text(encoding="utf-8")


def test_a_loop_of_redirects_ends_after_three(world, producer):
    producer.answers["/pay.csv"] = moved("/pay.csv")
    assert "/pay.csv: more than 3 redirects" in world.problem()
    assert producer.asked.count("/pay.csv") == 4


@pytest.mark.parametrize(
    "there", ["http://127.0.0.2:{port}/pay.csv", "http://localhost:{port}/pay.csv", "ftp://127.0.0.1:{port}/x", "//127.0.0.1:1/x"]
)
def test_a_redirect_to_another_host_port_or_protocol_is_not_followed(there, world, producer):
    producer.answers["/pay.csv"] = moved(there.format(port=producer.server.server_port))
    assert "another host or protocol. If that is right, put it in connectors.csv." in world.problem()
    assert producer.asked == ["/pay.json", "/pay.csv"]


def test_an_address_without_encryption_is_not_asked():
    from evidence.errors import RefreshError
    from evidence.refresh.transport import fetch

    with pytest.raises(RefreshError, match="only https is asked"):
        fetch("http://www.example.org/pay.csv", "text/csv", QUICK)


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"<!DOCTYPE html><p>Sorry", "text/html; charset=utf-8", "the producer sends text/html, expected CSV"),
        (b"<!DOCTYPE html><p>Sorry", "text/csv", "a web page came, expected CSV"),
        (b"\n  <?xml version='1.0'?><Error/>", "text/plain", "a web page came, expected CSV"),
        (b"", "text/csv", "the file is empty, expected CSV"),
        (b"\xef\xbb\xbf \n", "text/csv", "the file is empty, expected CSV"),
        (b"PK\x03\x04\x14\x00\x00\x00", "text/csv", "holds null bytes, expected CSV"),
        (b"AREACD,\xff\xfe", "text/csv", "byte 7 is not UTF-8 text"),
        (b'{"error": "no such data set"}', "application/json", "the producer sends application/json, expected CSV"),
        (b'{"error": "no such data set"}', "text/csv", 'the column "AREACD" is missing'),
        (b'AREACD,"AREANM\n', "text/csv", "not a table (unexpected end of data)"),
        (HEADER.encode(), "text/csv", "no row with Indicator=Gross median weekly pay"),
    ],
)
def test_what_is_no_table_is_refused_whatever_it_is_called(body, kind, said, world, producer):
    producer.give("/pay.csv", body, kind)
    assert said in world.problem()


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b'{"dc:issued": "soon"}', "application/json", 'field dc:issued: found "soon", expected a date'),
        (b'{"dc:issued": null}', "application/json", 'field dc:issued: found "None", expected a date'),
        (b'{"issued": "2026-10-22"}', "application/json", "no field dc:issued"),
        (b'["2026-10-22"]', "application/json", "no field dc:issued"),
        (b"2026-10-22,", "application/json", "not JSON"),
        (b"<html>", "text/html", "the producer sends text/html, expected JSON"),
        (b'{"dc:issued": "2026-12-01"}', "text/plain", "tells of a release on 2026-12-01, after today, 2026-11-21"),
    ],
)
def test_a_release_date_that_cannot_be_read_is_no_release(body, kind, said, world, producer):
    producer.give("/pay.json", body, kind)
    assert said in world.problem()
    assert producer.asked == ["/pay.json"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Observation,", "Value,", 'row 1: the column "Observation" is missing; the nearest there is "Observation Status". Found AREACD,'),
        ("AREANM", "AREACD", 'row 1: the column "AREACD" is there twice'),
        ("£", "$", 'row 2, column Unit: found "$", expected "£". The unit or the meaning has changed, so no number is taken.'),
        ("Pounds", "Index", 'row 2, column Measure: found "Index", expected "Pounds".'),
        ("581.2", "about 580", 'row 3, column Observation: found "about 580", expected a plain number'),
        ("581.2", '"1,581.2"', 'row 3, column Observation: found "1,581.2", expected a plain number'),
        ("581.2", "5.8e2", 'found "5.8e2", expected a plain number'),
        ("581.2", "nan", 'found "nan", expected a plain number'),
        ("581.2", "£581.2", 'found "£581.2", expected a plain number'),
        (
            BRADFORD,
            "E08000099",
            f"no row with Indicator=Gross median weekly pay; AREACD={BRADFORD}, which official.pay.median.bradford is read from",
        ),
        ("-04", "", "no row with Indicator=Gross median weekly pay and a period like"),
        ("581.2,", "581.2,,", "row 3: 11 cells where the header has 10"),
    ],
)
def test_a_changed_layout_names_file_column_found_and_expected(old, new, said, world, producer):
    producer.give("/pay.csv", table().decode().replace(old, new).encode())
    problem = world.problem()
    assert said in problem
    assert problem.startswith("pay.csv")


def test_two_rows_for_one_figure_and_period_are_refused(world, producer):
    producer.give("/pay.csv", table([*NEXT, line(BRADFORD, "2026-04", "600.1")]))
    assert (
        "pay.csv, rows 3 and 7: both have Indicator=Gross median weekly pay; AREACD=E08000032 and period 2026-04, expected one."
        in world.problem()
    )


def test_a_stated_form_in_another_unit_is_refused(world):
    world.declare(stated="{}%")
    assert '"581.2%" is in percent, but official.pay.median.bradford is in GBP per week' in world.problem()


def test_a_producer_that_fails_does_not_keep_the_others_from_being_asked(world, producer):
    from stage import write_rows

    other = world.connector | {"source": "ons-aps", "address": f"{producer.base}/rates.csv", "stated": "{}%", "constant": ""}
    world.connect([{"figure": "official.employment-rate.uk", "rows": "AREACD=K02000001", "period": "newest", "note": ""}])
    rows = [
        {"figure": figure, "rows": f"AREACD={area}", "period": "newest", "note": ""}
        for figure, area in [("official.pay.median.uk", "K02000001"), ("official.employment-rate.uk", "K02000001")]
    ]
    world.connect(rows)
    write_rows(world.data / "connectors.csv", [world.connector, other])
    producer.give("/rates.csv", table([line("K02000001", "2026-04", "75.1")]))
    producer.answers["/pay.csv"] = failing(404)
    pay, rates = refresh(load(world.data), world.request())
    assert "status 404" in pay.problem
    assert [one.row["stated"] for one in rates.drawn.candidates] == ["75.1%"]
    assert [path.name for path in (world.into / "figures").iterdir()] == ["ons-aps.csv"]


def packed_in_two(body):
    """Return a body as a gzip file of two members, which holds both."""
    return gzip.compress(body[:40]) + gzip.compress(body[40:])


def test_a_packed_file_of_several_members_is_read_whole(world, producer):
    producer.give("/pay.csv", packed_in_two(table()), Content_Encoding="gzip")
    assert len(world.refresh().drawn.candidates) == 3


DAMAGED = bytearray(gzip.compress(table()))
DAMAGED[30] ^= 255
BAD_SUM = bytearray(gzip.compress(table()))
BAD_SUM[-6] ^= 255

HOSTILE = {
    "no gzip": lambda producer: producer.give("/pay.csv", table(), Content_Encoding="gzip"),
    "damaged gzip": lambda producer: producer.give("/pay.csv", bytes(DAMAGED), Content_Encoding="gzip"),
    "wrong sum of gzip": lambda producer: producer.give("/pay.csv", bytes(BAD_SUM), Content_Encoding="gzip"),
    "deep JSON": lambda producer: producer.give("/pay.json", b"[" * 90_000, "application/json"),
    "endless integer": lambda producer: producer.give("/pay.json", b'{"dc:issued": ' + b"9" * 9000 + b"}", "application/json"),
    "5000 digits": lambda producer: producer.give("/pay.csv", table([line(area, "2026-04", "9" * 5000) for area in (BRADFORD, HULL, UK)])),
    "40 digits": lambda producer: producer.give("/pay.csv", table([line(area, "2026-04", "9" * 40) for area in (BRADFORD, HULL, UK)])),
    "sent to no address": lambda producer: producer.answers.update({"/pay.csv": moved("http://[::1/x")}),
    "sent to no text": lambda producer: producer.answers.update({"/pay.csv": moved("/\xff\xfe")}),
    "sent to no port": lambda producer: producer.answers.update({"/pay.csv": moved("http://127.0.0.1:99999999/")}),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_answer_is_told_in_a_line_and_is_no_fault_of_ours(how, world, producer):
    HOSTILE[how](producer)
    said = world.problem()
    assert "\n" not in said
    assert "please report" not in said


def test_a_store_that_cannot_be_written_to_is_a_failure_of_its_producer_alone(world, producer):
    (world.store / "ons-ashe").parent.mkdir(parents=True)
    (world.store / "ons-ashe").write_text("a file where a folder should be", encoding="utf-8")
    assert "Error: " in world.problem()


def test_a_fault_that_nobody_foresaw_silences_no_other_producer(world, producer, monkeypatch):
    """The first fails in our own code, the second has a newer release, which is taken."""
    asked = []

    def read(answer, connector):
        asked.append(connector.source)
        if len(asked) == 1:
            raise OverflowError("seen by nobody\x1b[2J")
        return refresh_table.read(answer, connector)

    second = next(row for row in rows_of(world.data / "connectors.csv")) | {"source": "ons-gdp"}
    write_rows(world.data / "connectors.csv", [second, world.connector])
    connected = rows_of(world.data / "connected.csv")
    (gdp,) = [row for row in rows_of(ROOT / "data" / "connected.csv") if row["figure"].startswith("official.gdp-per-head")][:1]
    write_rows(world.data / "connected.csv", [gdp | {"rows": f"AREACD={UK}"}, *connected])
    monkeypatch.setattr(asking, "table", SimpleNamespace(read=read, released=refresh_table.released))
    failed, taken = refresh(load(world.data), world.request())
    assert "OverflowError: seen by nobody<U+001B>[2J" in failed.problem
    assert len(taken.drawn.candidates) == 3


def test_a_period_that_begins_after_its_release_is_no_outturn(world, producer):
    """Projections stand beside the newest value: that is taken, and the steward is told."""
    rows = [*NEXT, *(line(area, f"{year}-04", "900") for area in (BRADFORD, HULL, UK) for year in (2030, 9999))]
    producer.give("/pay.csv", table(rows))
    outcome = world.refresh()
    assert {candidate.row["period"] for candidate in outcome.drawn.candidates} == {"April 2026"}
    assert all(
        any("goes on to April 9999, after its release" in flag for flag in candidate.flags) for candidate in outcome.drawn.candidates
    )


def test_a_file_of_nothing_but_projections_gives_nothing(world, producer):
    producer.give("/pay.csv", table([line(area, "9999-04", "900") for area in (BRADFORD, HULL, UK)]))
    assert "every period begins after the release of 2026-10-22" in world.problem()


def test_a_server_without_a_certificate_that_fits_is_not_asked_again(world, producer):
    """It speaks plainly where encryption is asked for; a certificate of somebody else fails at the same place."""
    world.declare(address=f"https://127.0.0.1:{producer.server.server_port}/pay.csv")
    said = world.problem()
    assert "/pay.csv: no safe line comes about (" in said and "Asked" not in said
    assert "HTTPSConnectionPool" not in said
