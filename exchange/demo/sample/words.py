"""The phrases that sample texts are made of, in pairs: English, then Thai."""

from __future__ import annotations

import random

METHODS = [
    ("Peer group sessions", "กลุ่มเพื่อนช่วยเพื่อน"),
    ("Mobile outreach teams", "ทีมเคลื่อนที่ลงพื้นที่"),
    ("A shared referral form", "แบบส่งต่อที่ใช้ร่วมกัน"),
    ("One case manager per person", "ผู้จัดการรายกรณีหนึ่งคนต่อผู้รับบริการหนึ่งคน"),
    ("Supported housing", "ที่อยู่อาศัยพร้อมการดูแล"),
    ("Trauma-informed interviews", "การสัมภาษณ์ที่คำนึงถึงบาดแผลทางใจ"),
    ("Interpreters on call", "ล่ามที่เรียกได้ตลอดเวลา"),
    ("Play therapy", "การบำบัดด้วยการเล่น"),
    ("Legal advice days", "วันให้คำปรึกษาทางกฎหมาย"),
    ("Safe internet lessons", "บทเรียนการใช้อินเทอร์เน็ตอย่างปลอดภัย"),
    ("Return and reintegration plans", "แผนการกลับคืนสู่ครอบครัวและสังคม"),
    ("Multidisciplinary team meetings", "การประชุมทีมสหวิชาชีพ"),
    ("Vocational workshops", "การฝึกอาชีพ"),
    ("A hotline in several languages", "สายด่วนหลายภาษา"),
    ("Family visits before return", "การเยี่ยมครอบครัวก่อนส่งกลับ"),
    ("Self-esteem workshops", "กิจกรรมเสริมสร้างความภาคภูมิใจในตนเอง"),
]
GROUPS = [
    ("for children", "สำหรับเด็ก"),
    ("for young mothers", "สำหรับแม่วัยรุ่น"),
    ("for fishery workers", "สำหรับแรงงานประมง"),
    ("for homeless people", "สำหรับคนไร้ที่พึ่ง"),
    ("for victims of trafficking", "สำหรับผู้เสียหายจากการค้ามนุษย์"),
    ("for migrant workers", "สำหรับแรงงานข้ามชาติ"),
    ("for LGBTQ+ residents", "สำหรับผู้รับบริการที่มีความหลากหลายทางเพศ"),
    ("for hill-tribe families", "สำหรับครอบครัวชาวเขา"),
    ("for older people", "สำหรับผู้สูงอายุ"),
    ("for pupils", "สำหรับนักเรียน"),
]
SETTINGS = [
    ("in a border town", "ในเมืองชายแดน"),
    ("in a government shelter", "ในสถานคุ้มครองของรัฐ"),
    ("in a harbour", "ในท่าเรือ"),
    ("in village schools", "ในโรงเรียนหมู่บ้าน"),
    ("in self-help land settlements", "ในนิคมสร้างตนเอง"),
    ("in a big city", "ในเมืองใหญ่"),
    ("at an airport", "ที่ท่าอากาศยาน"),
    ("at the employment office", "ที่สำนักงานจัดหางาน"),
]
SENTENCES = [
    ("Staff meet every week and agree who does what.", "เจ้าหน้าที่ประชุมกันทุกสัปดาห์และตกลงกันว่าใครทำอะไร"),
    ("Every person is asked before information is passed on.", "มีการขอความยินยอมจากผู้รับบริการก่อนส่งต่อข้อมูลทุกครั้ง"),
    (
        "The first interview takes place in a quiet room with an interpreter.",
        "การสัมภาษณ์ครั้งแรกทำในห้องที่เงียบสงบโดยมีล่ามอยู่ด้วย",
    ),
    (
        "Victims of trafficking are identified with a short list of indicators.",
        "ใช้ข้อบ่งชี้แบบสั้นในการคัดแยกผู้เสียหายจากการค้ามนุษย์",
    ),
    ("The shelter works with the police and with civil society.", "สถานคุ้มครองทำงานร่วมกับตำรวจและภาคประชาสังคม"),
    ("Residents help to write the house rules.", "ผู้รับบริการมีส่วนร่วมในการเขียนระเบียบของบ้าน"),
    ("A home of one’s own comes first, support follows.", "การมีบ้านเป็นของตนเองมาก่อน แล้วการดูแลจึงตามมา"),
    ("The province pays the rent for the first year.", "จังหวัดรับผิดชอบค่าเช่าในปีแรก"),
    ("Children learn how to say no and whom to tell.", "เด็กเรียนรู้วิธีปฏิเสธและรู้ว่าควรบอกใคร"),
    ("Referral to another province takes less than two days.", "การส่งต่อไปยังจังหวัดอื่นใช้เวลาไม่ถึงสองวัน"),
    (
        "Psychosocial support goes on after people have left.",
        "การเยียวยาทางจิตใจและสังคมยังดำเนินต่อหลังจากออกจากสถานคุ้มครองแล้ว",
    ),
    ("Former residents advise the team twice a year.", "อดีตผู้รับบริการให้คำแนะนำแก่ทีมงานปีละสองครั้ง"),
    ("The law on destitute people gives the mandate.", "กฎหมายว่าด้วยการคุ้มครองคนไร้ที่พึ่งให้อำนาจหน้าที่ไว้"),
    ("Nobody is photographed without consent.", "ไม่มีการถ่ายภาพบุคคลใดโดยไม่ได้รับความยินยอม"),
    ("The budget covers two social workers and transport.", "งบประมาณครอบคลุมนักสังคมสงเคราะห์สองคนและค่าเดินทาง"),
    ("Colleagues from three regions compared their daily work.", "เพื่อนร่วมงานจากสามภูมิภาคเปรียบเทียบงานประจำวันของตน"),
    (
        "Migrants receive information about work abroad in their own language.",
        "ผู้ย้ายถิ่นได้รับข้อมูลเรื่องการไปทำงานต่างประเทศในภาษาของตนเอง",
    ),
    (
        "An evaluation after one year showed fewer returns to the street.",
        "การประเมินหลังหนึ่งปีพบว่ามีผู้กลับไปใช้ชีวิตบนท้องถนนน้อยลง",
    ),
    ("The team keeps short notes of every case conference.", "ทีมงานบันทึกสรุปการประชุมรายกรณีทุกครั้ง"),
    ("Volunteers accompany people to the hospital and to court.", "อาสาสมัครพาผู้รับบริการไปโรงพยาบาลและไปศาล"),
    ("Online recruitment is the risk that young people know least.", "การชักชวนผ่านสื่อออนไลน์เป็นความเสี่ยงที่เยาวชนรู้น้อยที่สุด"),
    ("The national referral mechanism names one contact per province.", "กลไกส่งต่อระดับชาติกำหนดผู้ประสานงานหนึ่งคนต่อจังหวัด"),
    ("Directors took part in the study visit and backed the pilot.", "ผู้บริหารร่วมศึกษาดูงานและสนับสนุนโครงการนำร่อง"),
    ("It failed where staff changed every few months.", "งานไม่สำเร็จในพื้นที่ที่เจ้าหน้าที่เปลี่ยนบ่อยทุกไม่กี่เดือน"),
]
# Rare words, so that some queries match very few records.
RARE = [
    ("orchard", "สวนผลไม้"),
    ("ferry", "เรือข้ามฟาก"),
    ("puppet theatre", "โรงละครหุ่น"),
    ("bicycle", "จักรยาน"),
    ("bakery", "โรงอบขนมปัง"),
    ("beekeeping", "การเลี้ยงผึ้ง"),
    ("weaving", "การทอผ้า"),
    ("football", "ฟุตบอล"),
    ("radio", "วิทยุ"),
    ("greenhouse", "โรงเรือนเพาะปลูก"),
    ("library", "ห้องสมุด"),
    ("mushrooms", "เห็ดนางฟ้า"),
]


def zipf(rng: random.Random, options: list) -> tuple:
    """One of the options, the first far more often than the last."""
    return options[min(int(len(options) * rng.random() ** 2.2), len(options) - 1)]


def paragraph(rng: random.Random, sentences: int) -> tuple[str, str]:
    """As many sentences in each language, saying the same; now and then with a rare word."""
    chosen = [zipf(rng, SENTENCES) for _ in range(sentences)]
    english, thai = " ".join(pair[0] for pair in chosen), " ".join(pair[1] for pair in chosen)
    if rng.random() < 0.12:
        rare = zipf(rng, RARE)
        english, thai = f"{english} It began with {rare[0]}.", f"{thai} เริ่มต้นจาก{rare[1]}"
    return english, thai
