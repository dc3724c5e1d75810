"""The catalogue's records: identity, words shared by all, and the pages people read."""

from .action import ActionPage
from .brochure import BrochurePage
from .case_study import CaseStudyPage
from .edition import EditionPage
from .index_pages import CataloguePage, HomePage, InstitutionPage, StandardPage
from .institutions import Institution
from .practice import PracticePage
from .record import ContentEpoch, Kind, Listing, Record, RecordLink, RecordVersion, Relation
from .sources import LegalInstrument, Source
from .tags import RecordTag, TaggedRecord
from .vocabularies import Country, Feature, Pillar, Province, TargetGroup, ThematicArea, Topic

__all__ = [
    "ActionPage",
    "BrochurePage",
    "CaseStudyPage",
    "CataloguePage",
    "ContentEpoch",
    "Country",
    "EditionPage",
    "Feature",
    "HomePage",
    "Institution",
    "InstitutionPage",
    "Kind",
    "LegalInstrument",
    "Listing",
    "Pillar",
    "PracticePage",
    "Province",
    "Record",
    "RecordLink",
    "RecordTag",
    "RecordVersion",
    "Relation",
    "Source",
    "StandardPage",
    "TaggedRecord",
    "TargetGroup",
    "ThematicArea",
    "Topic",
]
