"""What can be wrong with the embedded store's file, in plain words."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb

from tracing.errors import InternalError, StoreError, TruyVetError

_LOCK: Final = re.compile(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")


def other_version(path: Path, *, later: bool) -> StoreError:
    """Return the refusal of a store that a ``later`` version made, or that does not tell its version."""
    if later:
        return StoreError(
            f"{path} was made by a later version of this software; this one cannot read it safely",
            fix="install the newer version (pip install --upgrade truyvet); the file was left as it was",
            vi=f"{path} do phiên bản mới hơn của phần mềm tạo ra; phiên bản này không đọc an toàn được",
            fix_vi="cài phiên bản mới hơn (pip install --upgrade truyvet); tệp được giữ nguyên",
        )
    return StoreError(
        f"{path} does not say which version it is of, so it is not read",
        fix="take it from a backup, or load the original files into a new store",
        vi=f"{path} không ghi phiên bản nên không được đọc",
        fix_vi="lấy lại từ bản sao lưu, hoặc nạp các tệp gốc vào kho mới",
    )


_OF_THE_FILE: Final = (
    duckdb.IOException,
    duckdb.PermissionException,
    duckdb.TransactionException,
    duckdb.ConnectionException,
    duckdb.SerializationException,
    duckdb.FatalException,
    duckdb.InternalException,
)


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what DuckDB and the file system complain of into a ``StoreError`` that says what to do.

    DuckDB's own words may hold data, so they are kept as the cause only, never shown.
    """
    try:
        yield
    except duckdb.InterruptException as error:
        raise KeyboardInterrupt from error
    except duckdb.Error as error:
        raise _explain(path, error) from error
    except MemoryError as error:
        raise _no_memory(path) from error
    except OSError as error:
        raise _explain_text(path, os.strerror(error.errno or 0), error) from error


def _explain(path: Path, error: duckdb.Error) -> TruyVetError:
    if isinstance(error, duckdb.OutOfMemoryException):
        return _no_memory(path)
    text = str(error).lower()
    if isinstance(error, duckdb.TransactionException) and "conflict" in text:
        return StoreError(
            f"another part of this program changed {path} at the same time; nothing was written",
            fix="try again",
            vi=f"một phần khác của chương trình đang sửa {path} cùng lúc; chưa ghi gì",
            fix_vi="hãy thử lại",
        )
    if "read-only mode" in text and "lock on file" not in text:
        return StoreError(
            f"{path} was opened for reading only",
            fix="open it again for writing",
            vi=f"{path} được mở chỉ để đọc",
            fix_vi="mở lại kho ở chế độ ghi",
        )
    if isinstance(error, _OF_THE_FILE):
        return _explain_text(path, str(error), error)
    return InternalError(
        f"the embedded store asked DuckDB for something it cannot do ({type(error).__name__}); nothing was written",
        fix="please report this with what you were doing, and without any record",
        vi=f"kho nhúng đã yêu cầu DuckDB một việc không làm được ({type(error).__name__}); chưa ghi gì",
        fix_vi="hãy báo lỗi này kèm việc bạn đang làm, không kèm hồ sơ nào",
    )


def _explain_text(path: Path, text: str, error: Exception) -> StoreError:
    lowered = text.lower()
    if "lock on file" in lowered:
        return _in_use(path, _LOCK.search(text))
    if "different configuration" in lowered or "already attached" in lowered or "unique file handle" in lowered:
        return StoreError(
            f"this program already has {path} open in another way",
            fix="close that store first",
            vi=f"chương trình này đang mở {path} theo cách khác",
            fix_vi="hãy đóng kho đó trước",
        )
    if "permission denied" in lowered or "read-only" in lowered:
        return StoreError(
            f"{path} may not be opened or changed by this user",
            fix="ask for the right to write there, or put the store in a folder of your own",
            vi=f"người dùng này không có quyền mở hoặc sửa {path}",
            fix_vi="xin quyền ghi, hoặc đặt kho trong thư mục của bạn",
        )
    if any(sign in lowered for sign in ("no space left", "file too large", "disk quota", "not enough space")):
        return StoreError(
            f"the disk that holds {path} is full; the store is as it was before",
            fix="make room there and run the same command again",
            vi=f"ổ đĩa chứa {path} đã đầy; kho vẫn như trước",
            fix_vi="giải phóng chỗ trống rồi chạy lại đúng lệnh đó",
        )
    if "not a valid duckdb database" in lowered:
        return StoreError(
            f"{path} is not a store: it is some other kind of file",
            fix="give the path of a store, or of a file that does not exist yet; this one was left as it was",
            vi=f"{path} không phải kho dữ liệu mà là tệp loại khác",
            fix_vi="cho đường dẫn của kho, hoặc của tệp chưa có; tệp này được giữ nguyên",
        )
    if "version number" in lowered or isinstance(error, duckdb.SerializationException):
        return other_version(path, later=True)
    return StoreError(
        f"{path} cannot be read or written: it is damaged or cut short, or the disk failed ({type(error).__name__})",
        fix="take it from a backup, or load the original files into a new store",
        vi=f"không đọc hoặc ghi được {path}: tệp hỏng hoặc bị cắt cụt, hoặc ổ đĩa lỗi ({type(error).__name__})",
        fix_vi="lấy lại từ bản sao lưu, hoặc nạp các tệp gốc vào kho mới",
    )


def _in_use(path: Path, holder: re.Match[str] | None) -> StoreError:
    who = f" (process {holder['pid']}, {Path(holder['program']).name})" if holder else ""
    who_vi = f" (tiến trình {holder['pid']}, {Path(holder['program']).name})" if holder else ""
    return StoreError(
        f"another truyvet has {path} open{who}; one file is written by one program at a time",
        fix="wait until it is done, or close that program or notebook, then run the same command again",
        vi=f"một truyvet khác đang mở {path}{who_vi}; mỗi lúc chỉ một chương trình được ghi tệp này",
        fix_vi="đợi nó xong, hoặc đóng chương trình hay notebook đó, rồi chạy lại đúng lệnh này",
    )


def _no_memory(path: Path) -> StoreError:
    return StoreError(
        f"there is not enough memory for this work on {path}",
        fix="close other programs, ask for a smaller part (--case, --since), or write in smaller parts",
        vi=f"không đủ bộ nhớ cho việc này trên {path}",
        fix_vi="đóng bớt chương trình khác, hỏi phần nhỏ hơn (--case, --since), hoặc nạp từng phần nhỏ",
    )
