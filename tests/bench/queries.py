"""The frozen mix of questions: both languages; compounds, long unspaced Thai, rare and very common words, phrases, exclusions, facets.

Frozen so that figures of different days compare: add none, change none.
"""

from __future__ import annotations

from urllib.parse import urlencode

THAI = """
ผู้เสียหาย
การค้ามนุษย์
คนไร้ที่พึ่ง
สถานคุ้มครอง
ผู้เสียหายจากการค้ามนุษย์
แรงงานข้ามชาติ
การส่งต่อ
ล่าม
ที่อยู่อาศัยพร้อมการดูแล
สายด่วนหลายภาษา
ประชุมทีมสหวิชาชีพ
แรงงานประมง ท่าเรือ
เด็ก โรงเรียนหมู่บ้าน
ผู้จัดการรายกรณี เมืองใหญ่
การสัมภาษณ์ครั้งแรกในห้องที่เงียบสงบ
ขอความยินยอมจากผู้รับบริการก่อนส่งต่อข้อมูล
อดีตผู้รับบริการให้คำแนะนำแก่ทีมงานปีละสองครั้ง
กฎหมายว่าด้วยการคุ้มครองคนไร้ที่พึ่งให้อำนาจหน้าที่
งานไม่สำเร็จในพื้นที่ที่เจ้าหน้าที่เปลี่ยนบ่อย
เจ้าหน้าที่
เห็ดนางฟ้า
เรือข้ามฟาก
โรงละครหุ่น
การเลี้ยงผึ้ง
"สายด่วนหลายภาษา"
"สถานคุ้มครองของรัฐ"
ผู้เสียหาย -เด็ก
การฝึกอาชีพ -ท่าเรือ
บ้าน
ชายแดน
""".strip().splitlines()
ENGLISH = """
shelter
housing
trafficking
victims of trafficking
housing first
referral form
case manager
interpreters on call
multidisciplinary team meetings
trauma informed interviews
homeless people in a big city
fishery workers harbour
volunteers hospital court
consent
staff
week
beekeeping
puppet theatre
greenhouse
mushrooms
"house rules"
"peer group sessions"
hotline -border
workshops -children
safe internet lessons for pupils
who pays the rent for the first year
migrant worker
evaluation street
budget transport
reintegration
""".strip().splitlines()
# Half of the questions are narrowed by one of these, in turn.
NARROWED = [
    [("country", "TH")],
    [("topic", "housing")],
    [("kind", "adaptation")],
    [("year", "2020"), ("year", "2021")],
    [("pillar", "protection"), ("origin", "eu")],
    [("province", "TH-50")],
    [("language", "th")],
    [("status", "running"), ("country", "TH")],
    [("topic", "referral"), ("topic", "shelter-care")],
]


def addresses() -> list[str]:
    """The paths of sixty search pages, English and Thai questions in turn, each asked in the language it is written in."""
    mixed = [pair for both in zip(THAI, ENGLISH, strict=True) for pair in zip(("th", "en"), both, strict=True)]
    return [
        f"/{language}/search/?{urlencode([('q', words), *(NARROWED[number // 2 % len(NARROWED)] if number % 4 in (1, 2) else [])])}"
        for number, (language, words) in enumerate(mixed)
    ]
