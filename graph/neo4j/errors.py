"""What can be wrong with a Neo4j server, in plain words, in one place.

The server's and the driver's own words may hold data (a constraint names the value it refuses), so they are kept as
the cause only, never shown.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Final

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.neo4j.login import options_file
from graph.neo4j.server.bolt import HALTED
from tracing.errors import InternalError, StoreError, TruyVetError
from tracing.text import Text, catalogue

_, _n = catalogue("graph")

_AGAIN: Final = _("run the same command again; what is in the database already is kept and not loaded twice")
_FULL: Final = ("no space left", "disk is full", "disk full", "not enough space", "disk quota")
# What a server says in truth when its disk has filled up: to the one who writes, and to everybody after that.
_CANNOT_WRITE: Final = ("could not append transaction", "could not apply the transaction")
# What it says of data in the way of a constraint; one that it could not make for another reason, it seldom explains.
_TWICE: Final = ("both node", "both relationship")
_OTHER_RULES: Final = frozenset(
    {
        *("ConstraintCreationFailed", "ConstraintWithNameAlreadyExists", "ConstraintAlreadyExists"),
        *("IndexAlreadyExists", "IndexWithNameAlreadyExists", "EquivalentSchemaRuleAlreadyExists"),
        "IndexNotFound",  # a rule of another name did for it, and was taken for ours
    }
)


class IndexFailed(Exception):
    """The server could not make an index; it tells why only to those who look, and says no more to who asked for it."""


class NoAnswer(Exception):
    """The server was asked to make an index and neither did it nor said a word, for longer than one may take."""


@contextlib.contextmanager
def translated(address: str, *, opening: bool = False) -> Iterator[None]:
    """Turn what the driver and the server complain of into a ``StoreError`` that says what to do.

    ``address`` is shown; it holds no password. ``opening``: nothing was asked of the server before.
    """
    try:
        yield
    except (Neo4jError, DriverError, IndexFailed, NoAnswer) as error:
        raise explain(address, error, opening=opening) from error
    except ExceptionGroup as group:  # several writers, or several servers of a cluster
        raise explain(address, _first(group), opening=opening) from group
    except OSError as error:
        raise _gone(address) from error


def explain(address: str, error: BaseException, *, opening: bool = False) -> TruyVetError:
    """Return the error to show for what the driver raised."""
    if isinstance(error, Neo4jError):
        return _of_the_server(address, error)
    if isinstance(error, IndexFailed):
        return _of_the_disk(address, "", _all_words(error)) or _trouble(address)
    if isinstance(error, NoAnswer):
        return _stuck(address)
    if isinstance(error, (ServiceUnavailable, SessionExpired)):
        return _of_the_line(address, error, opening=opening)
    if isinstance(error, ConnectionAcquisitionTimeoutError):
        return _too_slow(address)
    if isinstance(error, ConfigurationError):
        return StoreError(
            _("the driver cannot use the address {server}", server=address),
            fix=_("write it as neo4j://host:7687/database, with +s where the server has a certificate"),
        )
    return _unexpected(type(error).__name__)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    inner = group.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner


def _all_words(error: BaseException | None) -> str:
    """Return what an error and those it came from say, for recognising it."""
    words = []
    while error is not None:
        words.append(f"{type(error).__name__} {error}")
        if isinstance(error, BaseExceptionGroup):
            words += [_all_words(inner) for inner in error.exceptions]
        error = error.__cause__ or error.__context__
    return " ".join(words).lower()


def _of_the_line(address: str, error: DriverError, *, opening: bool) -> StoreError:
    words = _all_words(error)
    if not opening:
        return _gone(address)
    if "looks like http" in words:
        return StoreError(
            _("at {server} a web server answers, not the Bolt port of Neo4j", server=address),
            fix=_("give the Bolt port, usually 7687 (7474 is that of the Browser)"),
        )
    if "security" in words or "ssl" in words or "certificate" in words:
        return _wrong_encryption(address)
    if "dns resolve" in words or "gaierror" in words or "cannot resolve" in words:
        return StoreError(
            _("no machine has the name given in {server}", server=address),
            fix=_("check the spelling of the host, and the network"),
        )
    if "closed connection" in words or "handshake" in words or "incomplete" in words:
        return _hung_up(address)
    return StoreError(
        _("no Neo4j server answers at {server}", server=address),
        fix=_("check host and port, and that the server runs; `truyvet neo4j up` starts one on this machine"),
    )


def _wrong_encryption(address: str) -> StoreError:
    return StoreError(
        _("the server at {server} and this address do not agree on encryption", server=address),
        fix=_other_scheme(address),
    )


def _hung_up(address: str) -> StoreError:
    """A server that wants encryption looks like one that ends just now: both hang up without a word."""
    return StoreError(
        _(
            "the server at {server} hung up at once: it is stopping, or it and this address do not agree on encryption",
            server=address,
        ),
        fix=_(
            "if the address was right before, start the server and try again; else {other}",
            other=_other_scheme(address),
        ),
    )


def _other_scheme(address: str) -> Text:
    """Return what to write instead."""
    scheme = address.partition("://")[0]
    kind = scheme.partition("+")[0]
    if kind == scheme:
        return _("write {kind}+s:// (or {kind}+ssc:// for a certificate of its own making)", kind=kind)
    return _(
        "write {kind}:// if the server has no certificate, or {kind}+ssc:// for one of its own making",
        kind=kind,
    )


def _gone(address: str) -> StoreError:
    return StoreError(
        _("the connection to {server} broke off: the server stopped, or the network failed", server=address),
        fix=_("start the server, then {again}", again=_AGAIN),
    )


def _too_slow(address: str) -> StoreError:
    return StoreError(
        _("the server at {server} did not answer in time", server=address),
        fix=_("ask for a smaller part (--case, --since), or try again when the server has less to do"),
    )


def _of_the_server(address: str, error: Neo4jError) -> TruyVetError:
    code = error.code or ""
    kind = code.rpartition(".")[2]
    if (about_the_disk := _of_the_disk(address, kind, _all_words(error))) is not None:
        return about_the_disk
    if ".Security." in code or isinstance(error, AuthError):
        return _of_security(address, kind)
    if "OutOfMemory" in kind:
        return _no_memory(address)
    if kind.startswith("TransactionTimedOut") or kind in ("LockAcquisitionTimeout", "ExecutionTimeout"):
        return _too_slow(address)
    if kind in ("DeadlockDetected", "Outdated", "LockClientStopped", "Terminated", "LockSessionExpired"):
        return StoreError(
            _("the server at {server} broke off the work, since others changed the same records", server=address),
            fix=_AGAIN,
        )
    if kind == "ConstraintCreationFailed" and not any(sign in _all_words(error) for sign in _TWICE):
        return _trouble(address)
    return _of_the_database(address, code, kind)


def _of_the_database(address: str, code: str, kind: str) -> TruyVetError:
    if kind in ("DatabaseNotFound", "GraphDoesNotExist"):
        return StoreError(
            _("the server has no database of the name given in {server}", server=address),
            fix=_("check the name after the last slash; without one the user's own database is taken"),
        )
    if kind in ("DatabaseUnavailable", "IllegalAliasChain", "RequestInterrupted"):
        return StoreError(
            _("the database of {server} is not open just now", server=address),
            fix=_("wait until the server has started it, and look into the server's log if it does not"),
        )
    if "ReadOnly" in kind or kind in ("NotALeader", "AccessMode"):
        return StoreError(
            _("the database of {server} may only be read", server=address),
            fix=_(
                "ask who runs the server to allow writing (server.databases.default_to_read_only), or write elsewhere"
            ),
        )
    if kind in _OTHER_RULES:
        return StoreError(
            _(
                "the database of {server} holds data that do not fit this model, or other rules on the same labels",
                server=address,
            ),
            fix=_("give truyvet a database, or a server, of its own"),
        )
    if kind == "ConstraintValidationFailed":
        return StoreError(
            _(
                "somebody else put the same records into {server} at the same time, or changed its nodes",
                server=address,
            ),
            fix=_AGAIN,
        )
    if code.startswith("Neo.DatabaseError."):  # its own fault, not that of a question
        return _trouble(address)
    return _unexpected(kind)


def _of_security(address: str, kind: str) -> StoreError:
    if kind == "AuthenticationRateLimit":
        return StoreError(
            _("the server at {server} waits, after too many wrong passwords", server=address),
            fix=_("wait some seconds, then try again with the right one"),
        )
    if kind == "CredentialsExpired":
        return StoreError(
            _("the server at {server} wants its first password changed", server=address),
            fix=_("in the Browser or cypher-shell: ALTER CURRENT USER SET PASSWORD FROM 'old' TO 'new'"),
        )
    if kind == "Forbidden":
        return StoreError(
            _("this user may not do that in the database of {server}", server=address),
            fix=_("ask who runs the server for the right to read and write, and to make constraints the first time"),
        )
    return StoreError(
        _("the server at {server} refuses this user and password", server=address),
        fix=_(
            "type it again, set TRUYVET_NEO4J_USER and TRUYVET_NEO4J_PASSWORD, or correct {path}", path=options_file()
        ),
    )


def _no_memory(address: str) -> StoreError:
    return StoreError(
        _("the server at {server} has not enough memory for this", server=address),
        fix=_(
            "ask for a smaller part (--case, --since), or give the server more "
            "(server.memory.heap.max_size, dbms.memory.transaction.total.max)"
        ),
    )


def _of_the_disk(address: str, kind: str, words: str) -> StoreError | None:
    """Return what to say of a server that cannot write, None for any other. It seldom says that the disk is full."""
    if any(sign in words for sign in _FULL):
        told = _("the disk of the server at {server} is full", server=address)
    elif kind == "TransactionLogError" or any(sign in words for sign in _CANNOT_WRITE):
        told = _("the server at {server} can no longer write to its disk: the disk is full, or broken", server=address)
    elif HALTED in words:
        told = _(
            "the database of {server} has stopped itself after a failure, most often because its disk is full",
            server=address,
        )
    else:
        return None
    return StoreError(
        told,
        fix=_(
            "stop the server, make room on its disk (its logs/debug.log may tell more), start it, then {again}",
            again=_AGAIN,
        ),
    )


def _trouble(address: str) -> StoreError:
    return StoreError(
        _(
            "the server at {server} could not do its work: it is stopping, its disk is full, or its data are damaged",
            server=address,
        ),
        fix=_(
            "look into its log (logs/debug.log), make room on its disk if that is full, restart it, then {again}",
            again=_AGAIN,
        ),
    )


def _stuck(address: str) -> StoreError:
    return StoreError(
        _("the server at {server} stopped answering while it made an index", server=address),
        fix=_("restart it (the data are safe), then {again}", again=_AGAIN),
    )


def _unexpected(kind: str) -> InternalError:
    return InternalError(
        _("Neo4j was asked for something it cannot do ({kind}); nothing was written by that", kind=kind),
        fix=_("please report this with what you were doing, and without any record"),
    )
