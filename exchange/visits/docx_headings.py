"""The headings that people give to the parts of their notes, in English and Thai, and the part of a visit each one means."""

from __future__ import annotations

import re
import unicodedata

HEADINGS = {
    "expectations": [
        "expectations", "what we wanted to learn", "what we want to learn", "objectives", "objectives of the visit",
        "purpose", "purpose of the visit", "aims",
        "สิ่งที่คาดหวัง", "ความคาดหวัง", "วัตถุประสงค์", "สิ่งที่อยากเรียนรู้", "สิ่งที่ต้องการเรียนรู้", "เป้าหมาย", "จุดมุ่งหมาย",
    ],
    "programme": [
        "programme", "program", "agenda", "schedule", "itinerary", "timetable",
        "กำหนดการ", "โปรแกรม", "ตารางเวลา", "ตารางการศึกษาดูงาน", "แผนการเดินทาง",
    ],
    "observed": [
        "what we saw", "what we observed", "practices observed", "good practices", "observations", "findings",
        "what we learnt", "what we learned",
        "สิ่งที่ได้เห็น", "สิ่งที่พบเห็น", "สิ่งที่ได้เรียนรู้", "แนวปฏิบัติที่ดี", "แนวปฏิบัติที่ได้เห็น", "ข้อค้นพบ", "ผลการศึกษาดูงาน",
    ],
    "relevance": [
        "relevance", "relevance to us", "relevance for us", "what it means for us", "benefits", "use at home",
        "application",
        "ประโยชน์ต่อหน่วยงาน", "ประโยชน์ที่ได้รับ", "ความหมายต่อหน่วยงาน", "การนำไปใช้", "การนำมาปรับใช้", "การประยุกต์ใช้", "ความเกี่ยวข้องกับหน่วยงาน",
    ],
    "decisions": [
        "decisions", "conclusions", "conclusion", "recommendations", "next steps", "action points",
        "ข้อสรุป", "สรุป", "การตัดสินใจ", "ข้อตกลง", "ข้อเสนอแนะ", "ขั้นตอนต่อไป", "มติ",
    ],
    "followed": [
        "what followed", "follow-up", "follow up", "after the visit",
        "สิ่งที่เกิดขึ้นต่อมา", "การติดตามผล", "ผลที่ตามมา", "หลังการศึกษาดูงาน",
    ],
    "notes": ["notes", "other notes", "remarks", "miscellaneous", "บันทึก", "บันทึกเพิ่มเติม", "หมายเหตุ", "อื่น ๆ", "อื่นๆ"],
}  # fmt: skip

NUMBERING = re.compile(r"^(?:[\d๐-๙]+(?:[.)/][\d๐-๙]*)*|[ivx]+[.)]|[a-zก-ฮ][.)])\s+|^[\d๐-๙]+[.)]", re.IGNORECASE)


def normalise(text: str) -> str:
    """`2. What we saw:` as `what we saw`."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return NUMBERING.sub("", text).strip(" :.-–—•").casefold()


_SLOTS = {normalise(phrase): slot for slot, phrases in HEADINGS.items() for phrase in phrases}
_LONGEST_FIRST = sorted(_SLOTS, key=len, reverse=True)


def slot_of(text: str, exactly: bool = False) -> str | None:
    """The part of a visit that a heading names. A true heading may go on ("Programme, 9 to 13 April"); a line of text that
    only stands where a heading would must be one `exactly`."""
    heading = normalise(text)
    if heading in _SLOTS or exactly:
        return _SLOTS.get(heading)
    for phrase in _LONGEST_FIRST:
        if heading.startswith(phrase) and (not phrase.isascii() or not heading[len(phrase)].isalnum()):
            return _SLOTS[phrase]
    return None
