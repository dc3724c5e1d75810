"""Writes the digest of the judged set, after judging anew: `python -m tests.relevance.freeze`."""

from __future__ import annotations

from pathlib import Path

from .judged import digest

if __name__ == "__main__":
    Path(__file__).with_name("frozen.sha256").write_text(digest() + "\n")
