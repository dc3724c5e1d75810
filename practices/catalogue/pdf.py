"""A record on paper: every part of its edition, figures as tables, sources as numbered notes, and the QR code of its page.

Fields for members only are never printed: paper is passed on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail import blocks
from wagtail.rich_text import RichText, expand_db_html

from media.pdf import Block, Document, Heading, ListBlock, Paragraph, Span, Table, blocks_of, cited, compile_document

from . import dates
from .blocks import Basis, FigureBlock
from .citations import REFERENCE, Notes
from .models import EditionPage, Record
from .models.edition import Part
from .projection import editions_of


def of_record(record: Record, language: str, request: HttpRequest) -> bytes | None:
    """The PDF in this language, or in the one the record was written in; None for a record without pages."""
    editions = {edition.locale.language_code: edition for edition in editions_of(record) if edition.live}
    edition = editions.get(language) or editions.get(record.source_language)
    if edition is None:
        return None
    url = request.build_absolute_uri(reverse("catalogue:record", kwargs={"code": record.code}))
    with override(edition.locale.language_code):
        return compile_document(_document(edition, url))


def _document(edition: EditionPage, url: str) -> Document:
    record = edition.record
    setter = _Setter(edition)
    body = list(setter.body())
    marks = [record.get_endorsement_display()]
    if record.is_example:
        marks.append(_("Example – not real"))
    if edition.has_untranslated_parts:
        marks.append(_("Some parts are not translated yet"))
    return Document(
        title=edition.part("title").value,
        language=edition.locale.language_code,
        kicker=f"{record.get_kind_display()} · {record.code} · {record.institution}",
        lead=REFERENCE.sub("", edition.part("one_line").value),
        facts=_facts(edition),
        blocks=body,
        notes=setter.note_list(),
        marks=marks,
        url=url,
        url_label=_("Read it, follow its links and comment on it here:"),
        notes_title=_("Sources"),
        footer=_("Sala, %(date)s") % {"date": dates.display_day(record.changed_at.date())},
    )


def _facts(edition: EditionPage) -> list[tuple[str, str]]:
    """Label and text of each fact; what the source does not state says so."""
    found = []
    for name in edition.fact_names:
        field = edition._meta.get_field(name)
        value = getattr(edition.source, name)
        if field.many_to_many:
            text = ", ".join(str(item) for item in value.all())
        elif isinstance(field, dates.PartialDateField):
            text = dates.display(value)
        elif field.choices:
            text = str(getattr(edition.source, f"get_{name}_display")())
        else:
            text = str(value) if value is not None else ""
        said = edition.basis_of(name)
        basis = str(Basis(said["basis"]).label) if said else ""
        if text or basis:
            label = str(field.verbose_name)
            found.append((label[:1].upper() + label[1:], f"{text} ({basis})" if text and basis else text or basis))
    return found


def plain_number(value: Decimal) -> Decimal:
    """Without the zeros behind the point that a stored decimal may carry."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


class _Setter:
    """Sets the parts of one edition; counts its notes in the order they are met."""

    def __init__(self, edition: EditionPage) -> None:
        self.edition = edition
        self.notes = Notes()

    def body(self) -> Iterator[Block]:
        for name in ("summary", *self.edition.text_names):
            part = self.edition.part(name)
            if part.value:
                if name != "summary":
                    yield Heading(self._field_label(name))
                yield from (self._plain(line, part.language) for line in str(part.value).splitlines() if line.strip())
        for name in self.edition.stream_names:
            parts = self.edition.stream(name)
            if not parts:
                continue
            if name != "detail":
                yield Heading(self._field_label(name))
            if isinstance(parts[0].value, blocks.StructValue) and isinstance(parts[0].value.block, FigureBlock):
                yield self._figures(parts)
            else:
                for part in parts:
                    yield from self._part(part)

    def note_list(self) -> list[tuple[int, list[Span]]]:
        found = []
        for number, key, source in self.notes.sources():
            if source is None:
                found.append((number, [{"text": key}]))
                continue
            words = ", ".join(str(word) for word in (source.author, source.title, dates.display(source.date)) if word)
            link = [{"text": f" {source.url}", "url": source.url}] if source.url else []
            found.append((number, [{"text": words}, *link]))
        return found

    def _field_label(self, name: str) -> str:
        label = str(self.edition._meta.get_field(name).verbose_name)
        return label[:1].upper() + label[1:]

    def _part(self, part: Part) -> Iterator[Block]:
        if isinstance(part.value, RichText):
            yield Heading(str(part.label))
            yield from self._rich(part.value, part.language)
            return
        for name, value in part.value.items():
            child = part.value.block.child_blocks[name]
            if name == "title" or (name == "name" and value):
                yield Heading(str(value), level=3)
            elif isinstance(value, RichText):
                yield from self._rich(value, part.language)
            elif isinstance(child, blocks.ChoiceBlock) and value:
                words = dict(child.field.choices).get(value, value)
                yield Paragraph([{"text": f"{child.label}: ", "bold": True}, {"text": str(words)}])
            elif isinstance(child, dates.PartialDateBlock) and value:
                yield Paragraph([{"text": f"{child.label}: ", "bold": True}, {"text": dates.display(value)}])
            elif isinstance(value, str) and value.strip():
                yield Paragraph([{"text": f"{child.label}: ", "bold": True}, *self._spans(value)], part.language)

    def _rich(self, value: RichText, language: str) -> Iterator[Block]:
        for block in blocks_of(expand_db_html(value.source), language):
            if isinstance(block, ListBlock):
                yield replace(block, items=[cited(item, self._split) for item in block.items])
            elif isinstance(block, Paragraph):
                yield replace(block, spans=cited(block.spans, self._split))
            else:
                yield block

    def _plain(self, line: str, language: str) -> Paragraph:
        return Paragraph(self._spans(line), language)

    def _spans(self, text: str) -> list[Span]:
        return cited([{"text": text}], self._split)

    def _split(self, text: str) -> Iterator[Span]:
        end = 0
        for match in REFERENCE.finditer(text):
            if match.start() > end:
                yield {"text": text[end : match.start()]}
            yield {"text": "", "note": self.notes.number(match[1])}
            end = match.end()
        if end < len(text):
            yield {"text": text[end:]}

    def _figures(self, parts: list[Part]) -> Table:
        rows = []
        for part in parts:
            figure = part.value
            number = (
                number_format(plain_number(figure["value"]), use_l10n=True, force_grouping=True)
                if figure["value"] is not None
                else ""
            )
            source = [{"text": "", "note": self.notes.number(figure["source"].key)}] if figure["source"] else []
            rows.append(
                [
                    [{"text": str(figure["indicator"])}],
                    [{"text": f"{number} {figure['unit']}".strip() or "–"}],
                    [
                        {
                            "text": " · ".join(
                                word for word in (dates.display(figure["date"]), figure["place"]) if word
                            )
                            or "–"
                        }
                    ],
                    [{"text": str(Basis(figure["basis"]).label)}, *source],
                ]
            )
        return Table("", [_("What was measured"), _("Value"), _("When and where"), _("Basis")], rows)
