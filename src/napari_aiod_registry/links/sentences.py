"""What people are told of a web address that brings no file, and what they can do."""

from __future__ import annotations

import errno
import http.client
import math
import re
import socket
import ssl
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

BROWSER = "Open the link in a web browser to see what is there."
CIRCLES = f"The server sends us round in circles. {BROWSER}"
NO_ADDRESS = (
    "This is not a web address: there is no proper name of a server in it. Check the "
    "link for typing mistakes."
)
NOT_FOLLOWED = (
    "The server sends us on to something other than an address of http or https, which "
    f"is not followed. {BROWSER}"
)
NOT_WEB = "Only links that begin with http:// or https:// can be checked."
NOWHERE = f"The server sends us on, but does not say where to. {BROWSER}"

_LATER = "Try again later."
_PAGES = "on the pages of the model"
_UNKNOWN_SIGNER = "nobody whom this computer trusts has signed it"
_CERTIFICATE_REASONS = {
    9: "it is not valid yet. Is the clock of this computer right?",
    10: "it has expired. Tell whoever runs the server.",
    18: "the server has signed it itself. Tell whoever runs the server.",
    19: f"{_UNKNOWN_SIGNER}. Ask whoever runs the server or your network.",
    20: f"{_UNKNOWN_SIGNER}. Ask whoever runs the server or your network.",
    21: f"{_UNKNOWN_SIGNER}. Ask whoever runs the server or your network.",
    23: "it has been withdrawn. Tell whoever runs the server.",
    62: "it is made out to another name. Check the link for typing mistakes.",
    64: "it is made out to another name. Check the link for typing mistakes.",
}
"""OpenSSL's number of a fault → what it means."""
_NO_NETWORK = (
    errno.ENETDOWN,
    errno.ENETUNREACH,
    errno.EHOSTUNREACH,
    errno.EADDRNOTAVAIL,
)
_STATUS = {
    204: f"The server answers, but with nothing {{told}}. {BROWSER}",
    401: "The server wants a login {told}. Open the link in a web browser to log in, "
    "or ask whoever offers the file how to get it.",
    403: "The server does not let us have this {told}. Perhaps one has to log in or "
    "to ask for access. Open the link in a web browser to see.",
    404: "There is nothing at this address {told}. Check the link for typing mistakes, "
    f"or look for a newer one {_PAGES}.",
    407: "The proxy wants a login {told}. Ask whoever runs your network.",
    410: "What was at this address has been taken away {told}. Look for a newer link "
    f"{_PAGES}.",
    416: "The file at this address seems to be empty {told}. Tell whoever offers it.",
    429: "Too many have asked the server {told}. {when}",
}
_SERVER_FAULT = "The server has a fault of its own {told}. {when}"
_WRONG_LOGIN = (
    "The server does not take the name and password in the link {told}. Check them, or "
    "ask whoever offers the file."
)
_OTHER_STATUS = f"The server answers with no file {{told}}. {BROWSER}"


class LinkError(Exception):
    """Why there is nothing to tell of a link, in a sentence for people."""


def too_late(seconds: float) -> str:
    """Say that a server is too slow."""
    limit = _count(seconds, "second")
    return f"The server gives no full answer within {limit}. {_LATER}"


def no_answer(why: object, kind: str, name: str) -> str:
    """Say why there is no answer, and what to do.

    Parameters
    ----------
    why : Exception or str
        What urllib says.
    kind : str
        ``server`` or ``proxy``: who has been asked.
    name : str
        Its name, and its port if that is an unusual one.
    """
    match why:
        case ssl.SSLError():
            return _not_secure(why)
        case socket.gaierror():
            name = re.sub(r":\d+$", "", name)
            if why.errno == socket.EAI_AGAIN:
                return f"The name {name} can't be looked up. Is this computer online?"
            return (
                f"There is no {kind} named {name}. Check the name for typing mistakes, "
                "and whether this computer is online."
            )
        case OSError():
            return _no_connection(why, kind, name)
        case http.client.HTTPException() if not isinstance(why, http.client.InvalidURL):
            return (
                f"What answers at {name} is not a web {kind}. Check the link for "
                "typing mistakes."
            )
    return (  # the link itself has been looked at before
        "The proxy that is set on this computer can't be used. Check the settings of "
        "the network, like the variables http_proxy and https_proxy."
    )


def _not_secure(why: ssl.SSLError) -> str:
    if isinstance(why, ssl.SSLCertVerificationError):
        unknown = f"this computer does not accept it. {BROWSER}"
        reason = _CERTIFICATE_REASONS.get(why.verify_code, unknown)
        return (
            "The server's certificate is not valid, so nobody can tell who answers: "
            f"{reason}"
        )
    return (
        "No secure connection to the server can be made. Perhaps the link should begin "
        "with http:// and not with https://."
    )


def _no_connection(why: OSError, kind: str, name: str) -> str:
    if isinstance(why, ConnectionRefusedError):
        return (
            f"The {kind} {name} refuses the connection. Perhaps it is switched off, or "
            f"its name or port is wrong. Check the link, or try again later."
        )
    if isinstance(why, ConnectionError):  # also if it hangs up without a word
        return f"The {kind} {name} hangs up without an answer. {_LATER}"
    if why.errno in _NO_NETWORK:
        return f"There is no way to the {kind} {name}. Is this computer online?"
    if tunnel := re.match(r"Tunnel connection failed: (\d{3})", str(why)):
        return (
            f"The proxy {name} does not connect us to the server (status "
            f"{tunnel[1]}). Ask whoever runs your network."
        )
    reason = why.strerror or type(why).__name__
    return f"The {kind} {name} can't be reached: {reason}. {_LATER}"


def refusal(status: int, headers: Message, source: str, *, has_login: bool) -> str:
    """Say what a status means that brings no file, and what to do.

    Parameters
    ----------
    status : int
        The HTTP status.
    headers : Message
        What comes with it.
    source : str
        Empty, or who answers: `` from files.example.org``.
    has_login : bool
        Whether the server has been told a name and a password.
    """
    text = _STATUS.get(status, _SERVER_FAULT if status >= 500 else _OTHER_STATUS)
    if status == 401 and has_login:
        text = _WRONG_LOGIN
    return text.format(told=f"(status {status}{source})", when=_when(headers))


def _when(headers: Message) -> str:
    """Say when to try again, as far as the server tells it."""
    text = headers.get("Retry-After", "").strip()
    number, unit = 0.0, "second"
    if re.fullmatch("[0-9]{1,7}", text):
        number = float(text)
    else:
        try:
            date = parsedate_to_datetime(text).astimezone(UTC)
        except (ValueError, OverflowError):  # neither a number nor a date
            return _LATER
        number = (date - datetime.now(UTC)).total_seconds()
    if not 0 < number < 31 * 86400:
        return _LATER
    for size, larger in ((60, "minute"), (60, "hour"), (24, "day")):
        if number < 2 * size:
            break
        number, unit = number / size, larger
    return f"Try again in {_count(math.ceil(number), unit)}."


def _count(number: float, unit: str) -> str:
    return f"{number:g} {unit}" if number == 1 else f"{number:g} {unit}s"
