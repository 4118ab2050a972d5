"""Who is F0, F1, F2 …: windows, verdicts, co-location, exposure."""
