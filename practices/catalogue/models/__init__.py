"""The catalogue's records: identity, words shared by all, and the pages people read."""

from .institutions import Institution
from .vocabularies import Country, Feature, Pillar, Province, TargetGroup, ThematicArea, Topic
from .tags import RecordTag, TaggedRecord
from .sources import LegalInstrument, Source
from .record import ContentEpoch, Kind, Listing, Record, RecordLink, RecordVersion, Relation
from .edition import EditionPage
from .index_pages import CataloguePage, HomePage, InstitutionPage, StandardPage
from .practice import PracticePage
from .action import ActionPage
from .case_study import CaseStudyPage
from .brochure import BrochurePage

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
