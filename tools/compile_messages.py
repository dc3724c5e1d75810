"""Compiles every catalogue under `site/` whose `.mo` is older than its `.po`; needs no gettext on the machine."""

from __future__ import annotations

from pathlib import Path

SITE = Path(__file__).resolve().parent.parent / "site"


def compile_all() -> list[Path]:
    """The catalogues that were out of date and are compiled now."""
    done = []
    for source in sorted(SITE.glob("locale*/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        import polib  # only when there is work: reading it takes a tenth of a second

        scratch = target.with_suffix(".mo.new")  # renamed at the end: a server or a second run never sees half a file
        polib.pofile(str(source)).save_as_mofile(str(scratch))
        scratch.replace(target)
        done.append(source)
    return done


if __name__ == "__main__":
    for path in compile_all():
        print(f"compiled {path.relative_to(SITE)}")
