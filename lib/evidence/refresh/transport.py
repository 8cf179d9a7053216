"""Ask a producer for a file, within limits: the only module that uses the network."""

from __future__ import annotations

import email.utils
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
import urllib3
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from evidence.errors import NotThereError, RefreshError

AGENT = "evidence refresh"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_AGAIN = frozenset({429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
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
        encrypted: Whether only https is asked, but on this machine.
        declared: Where the address stands, for messages.
    """

    connect_seconds: float = 10
    read_seconds: float = 20
    total_seconds: float = 120
    size: int = 32 * 2**20
    attempts: int = 4
    pause_seconds: float = 1
    redirects: int = 3
    encrypted: bool = True
    declared: str = "in connectors.csv"


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
    """A fault that may be over in a moment, so that asking again makes sense.

    Args:
        told: What is wrong.
        pause_seconds: How long the producer asks us to wait before that.
    """

    def __init__(self, told: str, pause_seconds: float = 0) -> None:
        super().__init__(told)
        self.pause_seconds = pause_seconds


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
    longer = wait_exponential(multiplier=limits.pause_seconds, max=30)
    asking = Retrying(
        retry=retry_if_exception_type(_Passing),
        stop=lambda state: stop_after_attempt(limits.attempts)(state) or time.monotonic() + state.upcoming_sleep >= deadline,
        wait=lambda state: max(longer(state), _asked_to_wait(state)),
        reraise=True,
    )
    try:
        return asking(_in_time, address, accept, limits, deadline)
    except _Passing as fault:
        tried = asking.statistics["attempt_number"]
        wait = f" It asks us to wait for {fault.pause_seconds:,.0f} seconds." if fault.pause_seconds else ""
        raise RefreshError(f"{fault} Asked {tried} times.{wait} Try again later; if it stays so, look at the producer's site.") from None


def _asked_to_wait(state: RetryCallState) -> float:
    fault = state.outcome.exception() if state.outcome else None
    return fault.pause_seconds if isinstance(fault, _Passing) else 0


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
    _check_address(address, limits)
    with requests.Session() as session:
        # On this machine no proxy stands between; elsewhere the steward's own settings hold.
        session.trust_env = urlsplit(address).hostname not in _LOOPBACK
        session.headers.update({"User-Agent": AGENT, "Accept": accept, "Accept-Encoding": "gzip, identity"})
        try:
            with _followed(session, address, limits, deadline) as response:
                return Answer(address, response.url, _kind(response), _body(response, limits, deadline))
        except requests.exceptions.SSLError as fault:
            raise RefreshError(f"{address}: no safe line comes about ({_innermost(fault)}). Look at the address by hand.") from None
        except (requests.ConnectionError, requests.Timeout, urllib3.exceptions.HTTPError, OSError) as fault:
            raise _Passing(f"{address}: the line failed ({type(fault).__name__}).") from None
        except requests.RequestException as fault:
            raise RefreshError(f"{address}: cannot be asked ({fault}). Correct the address {limits.declared}.") from None
        except (zlib.error, ValueError) as fault:
            raise RefreshError(f"{address}: what came is damaged ({fault}). Try again later, or fetch the file by hand.") from None


def _innermost(fault: BaseException) -> str:
    """Return what a fault of encryption says of its cause, without the calls around it."""
    inner = next((one for one in (*fault.args, getattr(fault, "reason", None)) if isinstance(one, BaseException)), None)
    return _innermost(inner) if inner else getattr(fault, "verify_message", "") or " ".join(str(fault).split())[:200]


def _check_address(address: str, limits: Limits) -> None:
    parts = _parts(address, limits)
    if parts.scheme != "https" and not (parts.scheme == "http" and (parts.hostname in _LOOPBACK or not limits.encrypted)):
        raise RefreshError(f"{address}: only https is asked. Correct the address {limits.declared}.")


def _parts(address: str, limits: Limits) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise RefreshError(f"{address}: no address ({error}). Correct it {limits.declared}.") from None
    return parts


def _followed(session: requests.Session, address: str, limits: Limits, deadline: float) -> requests.Response:
    """Return the answer after redirects, none of which may leave the host or its encryption."""
    here = address
    for _ in range(limits.redirects + 1):
        _check_time(address, deadline, limits)
        response = session.get(
            here, stream=True, allow_redirects=False, timeout=(limits.connect_seconds, min(limits.read_seconds, limits.total_seconds))
        )
        if response.status_code not in _MOVED:
            return _accepted(response, address, limits)
        response.close()
        there = _sent_to(here, response, limits)
        if _parts(there, limits)[:2] != _parts(here, limits)[:2]:
            raise RefreshError(
                f"{address}: the producer sends us on to {there}, another host or protocol. If that is right, put it {limits.declared}."
            )
        here = there
    raise RefreshError(f"{address}: more than {limits.redirects} redirects. Look up the address of the file and put it {limits.declared}.")


def _sent_to(here: str, response: requests.Response, limits: Limits) -> str:
    """Return where an answer sends us on to.

    Raises:
        RefreshError: If that is no address.
    """
    try:
        return urljoin(here, response.headers.get("Location", ""))
    except ValueError as error:
        raise RefreshError(f"{here}: the producer sends us on to no address ({error}). Correct the address {limits.declared}.") from None


def _accepted(response: requests.Response, address: str, limits: Limits) -> requests.Response:
    status = response.status_code
    if status == requests.codes.ok:
        return response
    response.close()
    if status in _AGAIN:
        raise _Passing(f"{address}: the producer answers with status {status}.", _seconds(response.headers.get("Retry-After", "")))
    gone = status in _GONE
    told = f"nothing is there (status {status})" if gone else f"the producer answers with status {status}, expected 200"
    kind = NotThereError if gone else RefreshError
    raise kind(f"{address}: {told}. The file may have moved: look it up and correct it {limits.declared}.")


def _seconds(wait: str) -> float:
    """Return the seconds that a header `Retry-After` asks for, which gives them or a moment; 0 where it says nothing that can be read.

    Source:
        RFC 9110, HTTP Semantics, section 10.2.3.

    Example:
        >>> _seconds("120"), _seconds("soon"), _seconds("Fri, 31 Dec 1999 23:59:59 GMT")
        (120.0, 0.0, 0.0)
    """
    if wait.isascii() and wait.isdigit():
        return float(wait[:9])
    try:
        return max((email.utils.parsedate_to_datetime(wait) - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _kind(response: requests.Response) -> str:
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _body(response: requests.Response, limits: Limits, deadline: float) -> bytes:
    """Return the unpacked bytes of an answer, counted while they come in."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("gzip", "deflate", "identity"):
        raise RefreshError(f"{response.url}: packed as {packing}, expected gzip or nothing. The producer ignores what we asked for.")
    unpacking = None if packing == "identity" else _Unpacking(limits.size)
    body = bytearray()
    received = 0
    for piece in _pieces(response, limits, deadline):
        received += len(piece)
        body += unpacking.more(piece, len(body)) if unpacking else piece
        if max(received, len(body)) > limits.size:
            raise RefreshError(f"{response.url}: more than {limits.size:,} bytes. This is not the file we know; look at it by hand.")
    _check_whole(response, received, unpacking)
    return bytes(body)


class _Unpacking:
    """Unpacks what comes piece by piece, every member of a file that has several, and never more than a size and one byte.

    Args:
        size: Bytes that may come of it.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._member: Any = zlib.decompressobj(_BITS)

    @property
    def whole(self) -> bool:
        """Whether the last member has ended."""
        return bool(self._member.eof)

    def more(self, piece: bytes, held: int) -> bytes:
        """Return what a further piece gives, after so many bytes.

        Raises:
            zlib.error: If it is damaged.
        """
        unpacked = bytearray()
        while piece and held + len(unpacked) <= self._size:
            if self._member.eof:
                self._member = zlib.decompressobj(_BITS)
            unpacked += self._member.decompress(piece, self._size + 1 - held - len(unpacked))
            piece = self._member.unused_data
        return bytes(unpacked)


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


def _check_whole(response: requests.Response, received: int, unpacking: _Unpacking | None) -> None:
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) != received:
        raise _Passing(f"{response.url}: {received:,} bytes came of the {announced} announced.")
    if unpacking is not None and not unpacking.whole:
        raise _Passing(f"{response.url}: the packed file ends in the middle.")
