"""Servers whose certificate does not fit: each command that asks over a line says so once, and why. `tests/fixtures/certificates/make.sh` makes them."""

import ssl

import pytest
import requests
from command import evidence
from stage import NEXT, Producer, table

from evidence import paths

CERTIFICATES = paths.ROOT / "tests" / "fixtures" / "certificates"
SAID = {
    "itself": "self-signed certificate",
    "elsewhere": "certificate is not valid for '127.0.0.1'",
    "expired": "certificate has expired",
}
"""What is told of each."""


@pytest.fixture
def encrypted(monkeypatch):
    """What starts a producer on this machine that shows a certificate; the authority of the tests is trusted."""
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(CERTIFICATES / "authority.pem"))
    started = []

    def start(certificate):
        made = Producer()
        started.append(made)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
        made.server.socket = context.wrap_socket(made.server.socket, server_side=True)
        made.server.handle_error = lambda *_given: None  # the line that a client has refused
        made.base = made.base.replace("http:", "https:")
        return made

    yield start
    for made in started:
        made.close()


def test_a_certificate_that_fits_is_taken(encrypted, world):
    """So that what follows is refused for its certificate alone."""
    producer = encrypted("right")
    producer.release("2026-10-22")
    producer.give("/pay.csv", table())
    world.declare(address=f"{producer.base}/pay.csv", release_address=f"{producer.base}/pay.json")
    assert len(world.refresh().drawn.candidates) == len(NEXT) - 2  # one is of an earlier year, and one says something else


@pytest.mark.parametrize("certificate", SAID)
def test_a_certificate_that_does_not_fit_is_named_in_a_line_and_nothing_is_asked(certificate, encrypted, world, tmp_path):
    producer = encrypted(certificate)
    world.declare(address=f"{producer.base}/pay.csv", release_address=f"{producer.base}/pay.json")
    (tmp_path / "paper.md").write_text("[5%](https://e.example/figures/a.b.json)", encoding="utf-8")
    told = {
        "refresh": world.problem(),
        "prove": evidence("prove", f"{producer.base}/", folder=tmp_path).complained,
        "cited": evidence("cited", tmp_path / "paper.md", "--site", f"{producer.base}/", folder=tmp_path).complained,
    }
    for command, said in told.items():
        assert said.strip().count("\n") == 0, command
        assert said.startswith(producer.base) and "no safe line comes about" in said and SAID[certificate] in said, command
        assert "Traceback" not in said and "HTTPSConnectionPool" not in said and "Asked" not in said, command
    assert producer.asked == []
