"""What the example people say and keep: training needs, comments and reading lists, through the services that people use, so that nothing is past the rules."""

from __future__ import annotations

from typing import Any

from i18nfield.strings import LazyI18nString

from exchange.discussion.models import Post
from exchange.discussion.services import post_comment
from exchange.needs.services import project_need, record_need
from exchange.people.models import User
from exchange.reading_lists.models import ReadingList
from exchange.reading_lists.services import create_list, keep, write_note
from practices.catalogue.models import Record, Topic

from .case_files import record_uuid
from .stream_values import Rows


def write_needs(data: list[dict[str, Any]], rows: Rows) -> bool:
    """Records who is missing; a need that is there may have been edited, merged or met, and is left alone."""
    present = set(
        Record.objects.filter(uuid__in=[record_uuid(item["key"]) for item in data]).values_list("uuid", flat=True)
    )
    new = [item for item in data if record_uuid(item["key"]) not in present]
    for item in new:
        language = item["written_in"]
        need = record_need(
            User.objects.get(email=item["asked_by"]),
            statement=item["statement"][language],
            work_situation=item.get("work_situation", {}).get(language, ""),
            topic=rows.get(Topic, item["topic"]),
            difficulty=item["difficulty"],
            existing_training=item["existing_training"][language],
            suggested=[rows.get(Record, key) for key in item["suggested"]],
            is_example=True,
        )
        for name in ("statement", "work_situation", "existing_training"):
            if name in item:
                setattr(need, name, LazyI18nString(item[name]))
        need.full_clean()
        need.save()
        need.record.uuid = record_uuid(item["key"])  # by which other files find it
        project_need(need)
    return bool(new)


def write_comments(data: list[dict[str, Any]], rows: Rows) -> bool:
    posts: dict[str, Post] = {}
    changed = False
    for item in data:
        record = Record.objects.get(uuid=record_uuid(item["record"]))  # as it is now that its page is published
        author = User.objects.get(email=item["author"])
        post = Post.objects.filter(thread__record=record, author=author, body=item["body"]).first()
        if post is None:
            post = post_comment(record, author, item["body"], reply_to=posts.get(item.get("reply_to", "")))
            changed = True
        posts[item["key"]] = post
    return changed


def write_lists(data: list[dict[str, Any]], rows: Rows) -> bool:
    """Makes who is missing; a list that is there, also a deleted one, is its owner's and left alone."""
    changed = False
    for item in data:
        owner = User.objects.get(email=item["owner"])
        if ReadingList.objects.filter(owner=owner, name=item["name"]).exists():
            continue
        made = create_list(owner, item["name"], item["description"], item["sharing"])
        for kept in item["records"]:
            record = Record.objects.get(uuid=record_uuid(kept["record"]))
            line = keep(record, owner, made)
            if "note" in kept:
                write_note(line, owner, kept["note"])
        changed = True
    return changed
