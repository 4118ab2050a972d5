"""Lists to work from: quarantine, changes since an earlier run."""
