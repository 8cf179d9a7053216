"""Ask a producer for a file, within limits: the only module that uses the network."""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
import urllib3
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from evidence.errors import RefreshError

AGENT = "evidence refresh"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_AGAIN = frozenset({429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_BITS = zlib.MAX_WBITS | 32
"""Lets zlib tell gzip from deflate by the header."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a producer may take.

    Attributes:
        connect_seconds: For a connection to be made.
        read_seconds: Between two pieces of an answer.
        total_seconds: For the whole answer, every attempt and pause included.
        size: Bytes of the file, unpacked.
        attempts: How often to ask while the producer is busy, failing or dropping the line.
        pause_seconds: Before the second attempt; doubled each time.
        redirects: Hops to other addresses of the same host.
    """

    connect_seconds: float = 10
    read_seconds: float = 20
    total_seconds: float = 120
    size: int = 32 * 2**20
    attempts: int = 4
    pause_seconds: float = 1
    redirects: int = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole file as a producer sent it.

    Attributes:
        address: Where it was asked for.
        came_from: Where it came from in the end.
        kind: Content type without parameters, lower-case.
        body: Its bytes, unpacked.
    """

    address: str
    came_from: str
    kind: str
    body: bytes


class _Passing(RefreshError):
    """A fault that may be over in a moment, so that asking again makes sense."""


def fetch(address: str, accept: str, limits: Limits) -> Answer:
    """Return what a producer sends for an address.

    Args:
        address: Where to ask; https, or http on this machine.
        accept: Content types wanted, as the header of that name.
        limits: Time, size and attempts.

    Raises:
        RefreshError: If it does not answer with a whole file within the limits, or sends us to another host.
    """
    deadline = time.monotonic() + limits.total_seconds
    asking = Retrying(
        retry=retry_if_exception_type(_Passing),
        stop=lambda state: stop_after_attempt(limits.attempts)(state) or time.monotonic() + state.upcoming_sleep >= deadline,
        wait=wait_exponential(multiplier=limits.pause_seconds, max=30),
        reraise=True,
    )
    try:
        return asking(_in_time, address, accept, limits, deadline)
    except _Passing as fault:
        tried = asking.statistics["attempt_number"]
        raise RefreshError(f"{fault} Asked {tried} times. Try again later; if it stays so, look at the producer's site.") from None


def _in_time(address: str, accept: str, limits: Limits, deadline: float) -> Answer:
    """Return one attempt's answer, given up at the deadline: a producer that drips its headers would otherwise never end."""
    outcome: list[Answer | BaseException] = []

    def attempt() -> None:
        try:
            outcome.append(_once(address, accept, limits, deadline))
        except BaseException as fault:  # carried over to the thread that waits
            outcome.append(fault)

    asking = threading.Thread(target=attempt, daemon=True)
    asking.start()
    asking.join(max(deadline - time.monotonic(), 0))
    if not outcome:
        raise _late(address, limits)
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


def _late(address: str, limits: Limits) -> RefreshError:
    return RefreshError(f"{address}: not there after {limits.total_seconds:g} seconds. Try again later, or fetch the file by hand.")


def _once(address: str, accept: str, limits: Limits, deadline: float) -> Answer:
    _check_address(urlsplit(address), address)
    with requests.Session() as session:
        # On this machine no proxy stands between; elsewhere the steward's own settings hold.
        session.trust_env = urlsplit(address).hostname not in _LOOPBACK
        session.headers.update({"User-Agent": AGENT, "Accept": accept, "Accept-Encoding": "gzip, identity"})
        try:
            with _followed(session, address, limits, deadline) as response:
                return Answer(address, response.url, _kind(response), _body(response, limits, deadline))
        except (requests.ConnectionError, requests.Timeout, urllib3.exceptions.HTTPError, OSError) as fault:
            raise _Passing(f"{address}: the line failed ({type(fault).__name__}).") from None
        except requests.RequestException as fault:
            raise RefreshError(f"{address}: cannot be asked ({fault}). Correct the address in connectors.csv.") from None


def _check_address(parts: SplitResult, address: str) -> None:
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise RefreshError(f"{address}: only https is asked. Correct the address in connectors.csv.")


def _followed(session: requests.Session, address: str, limits: Limits, deadline: float) -> requests.Response:
    """Return the answer after redirects, none of which may leave the host or its encryption."""
    here = address
    for _ in range(limits.redirects + 1):
        _check_time(address, deadline, limits)
        response = session.get(
            here, stream=True, allow_redirects=False, timeout=(limits.connect_seconds, min(limits.read_seconds, limits.total_seconds))
        )
        if response.status_code not in _MOVED:
            return _accepted(response, address)
        response.close()
        there = urljoin(here, response.headers.get("Location", ""))
        if urlsplit(there)[:2] != urlsplit(here)[:2]:
            raise RefreshError(
                f"{address}: the producer sends us on to {there}, another host or protocol. If that is right, put it in connectors.csv."
            )
        here = there
    raise RefreshError(f"{address}: more than {limits.redirects} redirects. Look up the address of the file and put it in connectors.csv.")


def _accepted(response: requests.Response, address: str) -> requests.Response:
    status = response.status_code
    if status == requests.codes.ok:
        return response
    response.close()
    if status in _AGAIN:
        raise _Passing(f"{address}: the producer answers with status {status}.")
    raise RefreshError(
        f"{address}: the producer answers with status {status}, expected 200. The file may have moved: look it up and correct connectors.csv."
    )


def _kind(response: requests.Response) -> str:
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _body(response: requests.Response, limits: Limits, deadline: float) -> bytes:
    """Return the unpacked bytes of an answer, counted while they come in."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("gzip", "deflate", "identity"):
        raise RefreshError(f"{response.url}: packed as {packing}, expected gzip or nothing. The producer ignores what we asked for.")
    unpacking = None if packing == "identity" else zlib.decompressobj(_BITS)
    body = bytearray()
    received = 0
    for piece in _pieces(response, limits, deadline):
        received += len(piece)
        body += unpacking.decompress(piece, limits.size + 1 - len(body)) if unpacking else piece
        if max(received, len(body)) > limits.size:
            raise RefreshError(f"{response.url}: more than {limits.size:,} bytes. This is not the file we know; look at it by hand.")
    _check_whole(response, received, unpacking)
    return bytes(body)


def _pieces(response: requests.Response, limits: Limits, deadline: float) -> Iterator[bytes]:
    """Yield what has arrived, as it arrives: waiting for a full block would let a slow drip outlast the deadline."""
    raw: Any = response.raw
    raw.enforce_content_length = False  # counted by us, with a message that says how much is missing
    while piece := raw.read1(2**16, decode_content=False):
        yield piece
        _check_time(response.url, deadline, limits)


def _check_time(address: str, deadline: float, limits: Limits) -> None:
    if time.monotonic() > deadline:
        raise _late(address, limits)


def _check_whole(response: requests.Response, received: int, unpacking: Any) -> None:
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) != received:
        raise _Passing(f"{response.url}: {received:,} bytes came of the {announced} announced.")
    if unpacking is not None and not unpacking.eof:
        raise _Passing(f"{response.url}: the packed file ends in the middle.")
