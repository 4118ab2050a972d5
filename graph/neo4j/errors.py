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
from tracing.errors import InternalError, StoreError, TruyVetError

_AGAIN: Final = "run the same command again; what is in the database already is kept and not loaded twice"
_AGAIN_VI: Final = "chạy lại đúng lệnh này; phần đã có trong cơ sở dữ liệu được giữ và không nạp hai lần"
_FULL: Final = ("no space left", "disk is full", "disk full", "not enough space", "disk quota")
# What a server says in truth when its disk has filled up: to the one who writes, and to everybody after that.
_CANNOT_WRITE: Final = ("could not append transaction", "could not apply the transaction")
HALTED: Final = "critical error, and needs to be restarted"
"""What a server says once it has stopped itself: it will not write any more."""


class IndexFailed(Exception):
    """The server could not make an index; it tells why only to those who look, and says no more to who asked for it."""


@contextlib.contextmanager
def translated(address: str, *, opening: bool = False) -> Iterator[None]:
    """Turn what the driver and the server complain of into a ``StoreError`` that says what to do.

    ``address`` is shown; it holds no password. ``opening``: nothing was asked of the server before.
    """
    try:
        yield
    except (Neo4jError, DriverError, IndexFailed) as error:
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
    if isinstance(error, (ServiceUnavailable, SessionExpired)):
        return _of_the_line(address, error, opening=opening)
    if isinstance(error, ConnectionAcquisitionTimeoutError):
        return _too_slow(address)
    if isinstance(error, ConfigurationError):
        return StoreError(
            f"the driver cannot use the address {address}",
            fix="write it as neo4j://host:7687/database, with +s where the server has a certificate",
            vi=f"không dùng được địa chỉ {address}",
            fix_vi="viết như neo4j://máy-chủ:7687/cơ-sở-dữ-liệu, thêm +s nếu máy chủ có chứng chỉ",
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
            f"at {address} a web server answers, not the Bolt port of Neo4j",
            fix="give the Bolt port, usually 7687 (7474 is that of the Browser)",
            vi=f"tại {address} là một máy chủ web, không phải cổng Bolt của Neo4j",
            fix_vi="dùng cổng Bolt, thường là 7687 (7474 là cổng của Browser)",
        )
    if "security" in words or "ssl" in words or "certificate" in words:
        return _wrong_encryption(address)
    if "dns resolve" in words or "gaierror" in words or "cannot resolve" in words:
        return StoreError(
            f"no machine has the name given in {address}",
            fix="check the spelling of the host, and the network",
            vi=f"không có máy nào mang tên trong {address}",
            fix_vi="kiểm tra lại tên máy chủ và mạng",
        )
    if "closed connection" in words or "handshake" in words or "incomplete" in words:
        return _hung_up(address)
    return StoreError(
        f"no Neo4j server answers at {address}",
        fix="check host and port, and that the server runs; `truyvet neo4j up` starts one on this machine",
        vi=f"không có máy chủ Neo4j nào trả lời tại {address}",
        fix_vi="kiểm tra tên máy, cổng và máy chủ có đang chạy không; `truyvet neo4j up` khởi động một máy chủ tại đây",
    )


def _wrong_encryption(address: str) -> StoreError:
    fix, fix_vi = _other_scheme(address)
    return StoreError(
        f"the server at {address} and this address do not agree on encryption",
        fix=fix,
        vi=f"máy chủ tại {address} và địa chỉ này không khớp về mã hoá",
        fix_vi=fix_vi,
    )


def _hung_up(address: str) -> StoreError:
    """A server that wants encryption looks like one that ends just now: both hang up without a word."""
    fix, fix_vi = _other_scheme(address)
    return StoreError(
        f"the server at {address} hung up at once: it is stopping, or it and this address do not agree on encryption",
        fix=f"if the address was right before, start the server and try again; else {fix}",
        vi=f"máy chủ tại {address} ngắt ngay: máy chủ đang dừng, hoặc không khớp về mã hoá với địa chỉ này",
        fix_vi=f"nếu trước đây địa chỉ vẫn đúng, hãy khởi động máy chủ rồi thử lại; nếu không thì {fix_vi}",
    )


def _other_scheme(address: str) -> tuple[str, str]:
    """Return what to write instead, in both languages."""
    scheme = address.partition("://")[0]
    kind = scheme.partition("+")[0]
    if kind == scheme:
        return (
            f"write {kind}+s:// (or {kind}+ssc:// for a certificate of its own making)",
            f"viết {kind}+s:// (hoặc {kind}+ssc:// nếu chứng chỉ tự ký)",
        )
    return (
        f"write {kind}:// if the server has no certificate, or {kind}+ssc:// for one of its own making",
        f"viết {kind}:// nếu máy chủ không có chứng chỉ, hoặc {kind}+ssc:// nếu chứng chỉ tự ký",
    )


def _gone(address: str) -> StoreError:
    return StoreError(
        f"the connection to {address} broke off: the server stopped, or the network failed",
        fix=f"start the server, then {_AGAIN}",
        vi=f"mất kết nối tới {address}: máy chủ đã dừng hoặc mạng lỗi",
        fix_vi=f"khởi động máy chủ rồi {_AGAIN_VI}",
    )


def _too_slow(address: str) -> StoreError:
    return StoreError(
        f"the server at {address} did not answer in time",
        fix="ask for a smaller part (--case, --since), or try again when the server has less to do",
        vi=f"máy chủ tại {address} không trả lời kịp thời gian",
        fix_vi="hỏi phần nhỏ hơn (--case, --since), hoặc thử lại khi máy chủ rảnh hơn",
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
            f"the server at {address} broke off the work, since others changed the same records",
            fix=_AGAIN,
            vi=f"máy chủ tại {address} đã ngắt vì có người sửa cùng hồ sơ",
            fix_vi=_AGAIN_VI,
        )
    return _of_the_database(address, code, kind)


def _of_the_database(address: str, code: str, kind: str) -> TruyVetError:
    if kind in ("DatabaseNotFound", "GraphDoesNotExist"):
        return StoreError(
            f"the server has no database of the name given in {address}",
            fix="check the name after the last slash; without one the user's own database is taken",
            vi=f"máy chủ không có cơ sở dữ liệu với tên trong {address}",
            fix_vi="kiểm tra tên sau dấu gạch chéo cuối; để trống thì dùng cơ sở dữ liệu mặc định",
        )
    if kind in ("DatabaseUnavailable", "IllegalAliasChain", "RequestInterrupted"):
        return StoreError(
            f"the database of {address} is not open just now",
            fix="wait until the server has started it, and look into the server's log if it does not",
            vi=f"cơ sở dữ liệu của {address} hiện chưa mở",
            fix_vi="đợi máy chủ mở xong, nếu không được thì xem nhật ký máy chủ",
        )
    if "ReadOnly" in kind or kind in ("NotALeader", "AccessMode"):
        return StoreError(
            f"the database of {address} may only be read",
            fix="ask who runs the server to allow writing (server.databases.default_to_read_only), or write elsewhere",
            vi=f"cơ sở dữ liệu của {address} chỉ cho đọc",
            fix_vi="nhờ người quản trị cho phép ghi (server.databases.default_to_read_only), hoặc ghi nơi khác",
        )
    if kind in ("ConstraintCreationFailed", "ConstraintWithNameAlreadyExists", "IndexAlreadyExists") or (
        kind in ("IndexWithNameAlreadyExists", "EquivalentSchemaRuleAlreadyExists", "ConstraintAlreadyExists")
    ):
        return StoreError(
            f"the database of {address} holds data that do not fit this model, or other rules on the same labels",
            fix="give truyvet a database, or a server, of its own",
            vi=f"cơ sở dữ liệu của {address} có dữ liệu hoặc ràng buộc không khớp với mô hình này",
            fix_vi="dành cho truyvet một cơ sở dữ liệu hoặc một máy chủ riêng",
        )
    if kind == "ConstraintValidationFailed":
        return StoreError(
            f"somebody else put the same records into {address} at the same time, or changed its nodes",
            fix=_AGAIN,
            vi=f"có người ghi cùng hồ sơ vào {address} cùng lúc, hoặc đã sửa các nút",
            fix_vi=_AGAIN_VI,
        )
    if code.startswith("Neo.DatabaseError."):  # its own fault, not that of a question
        return _trouble(address)
    return _unexpected(kind)


def _of_security(address: str, kind: str) -> StoreError:
    if kind == "AuthenticationRateLimit":
        return StoreError(
            f"the server at {address} waits, after too many wrong passwords",
            fix="wait some seconds, then try again with the right one",
            vi=f"máy chủ tại {address} tạm khoá vì nhập sai mật khẩu nhiều lần",
            fix_vi="đợi vài giây rồi thử lại với mật khẩu đúng",
        )
    if kind == "CredentialsExpired":
        return StoreError(
            f"the server at {address} wants its first password changed",
            fix="in the Browser or cypher-shell: ALTER CURRENT USER SET PASSWORD FROM 'old' TO 'new'",
            vi=f"máy chủ tại {address} yêu cầu đổi mật khẩu ban đầu",
            fix_vi="trong Browser hoặc cypher-shell: ALTER CURRENT USER SET PASSWORD FROM 'cũ' TO 'mới'",
        )
    if kind == "Forbidden":
        return StoreError(
            f"this user may not do that in the database of {address}",
            fix="ask who runs the server for the right to read and write, and to make constraints the first time",
            vi=f"người dùng này không có quyền làm việc đó trong cơ sở dữ liệu của {address}",
            fix_vi="xin người quản trị quyền đọc, ghi, và quyền tạo ràng buộc ở lần đầu",
        )
    return StoreError(
        f"the server at {address} refuses this user and password",
        fix=f"type it again, set TRUYVET_NEO4J_USER and TRUYVET_NEO4J_PASSWORD, or correct {options_file()}",
        vi=f"máy chủ tại {address} từ chối tên người dùng và mật khẩu này",
        fix_vi=f"nhập lại, đặt TRUYVET_NEO4J_USER và TRUYVET_NEO4J_PASSWORD, hoặc sửa {options_file()}",
    )


def _no_memory(address: str) -> StoreError:
    return StoreError(
        f"the server at {address} has not enough memory for this",
        fix="ask for a smaller part (--case, --since), or give the server more"
        " (server.memory.heap.max_size, dbms.memory.transaction.total.max)",
        vi=f"máy chủ tại {address} không đủ bộ nhớ cho việc này",
        fix_vi="hỏi phần nhỏ hơn (--case, --since), hoặc tăng bộ nhớ cho máy chủ"
        " (server.memory.heap.max_size, dbms.memory.transaction.total.max)",
    )


def _of_the_disk(address: str, kind: str, words: str) -> StoreError | None:
    """Return what to say of a server that cannot write, None for any other. It seldom says that the disk is full."""
    if any(sign in words for sign in _FULL):
        told = f"the disk of the server at {address} is full"
        vi = f"ổ đĩa của máy chủ tại {address} đã đầy"
    elif kind == "TransactionLogError" or any(sign in words for sign in _CANNOT_WRITE):
        told = f"the server at {address} can no longer write to its disk: the disk is full, or broken"
        vi = f"máy chủ tại {address} không ghi được vào ổ đĩa nữa: ổ đĩa đã đầy hoặc bị hỏng"
    elif HALTED in words:
        told = f"the database of {address} has stopped itself after a failure, most often because its disk is full"
        vi = f"cơ sở dữ liệu của {address} đã tự dừng sau một sự cố, thường do ổ đĩa đã đầy"
    else:
        return None
    return StoreError(
        told,
        fix=f"stop the server, make room on its disk (its logs/debug.log may tell more), start it, then {_AGAIN}",
        vi=vi,
        fix_vi=f"dừng máy chủ, giải phóng chỗ trống trên ổ đĩa của nó (logs/debug.log có thể nói rõ hơn),"
        f" khởi động lại, rồi {_AGAIN_VI}",
    )


def _trouble(address: str) -> StoreError:
    return StoreError(
        f"the server at {address} could not do its work: it is stopping, its disk is full, or its data are damaged",
        fix=f"look into its log (logs/debug.log), make room on its disk if that is full, restart it, then {_AGAIN}",
        vi=f"máy chủ tại {address} không làm được việc: đang dừng, ổ đĩa đầy hoặc dữ liệu hỏng",
        fix_vi=f"xem nhật ký của nó (logs/debug.log), giải phóng chỗ trống nếu ổ đĩa đầy, khởi động lại,"
        f" rồi {_AGAIN_VI}",
    )


def _unexpected(kind: str) -> InternalError:
    return InternalError(
        f"Neo4j was asked for something it cannot do ({kind}); nothing was written by that",
        fix="please report this with what you were doing, and without any record",
        vi=f"đã yêu cầu Neo4j một việc không làm được ({kind}); việc đó chưa ghi gì",
        fix_vi="hãy báo lỗi này kèm việc bạn đang làm, không kèm hồ sơ nào",
    )
