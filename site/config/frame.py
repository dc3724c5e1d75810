"""Tags for the frame of a page: theme, languages, main navigation. They read the request only, never the database."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from .theme import theme_of

register = template.Library()
OG_LOCALES = {"en": "en_GB", "th": "th_TH"}


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    url: str
    absolute_url: str
    og_locale: str
    is_current: bool


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    is_current: str  # the value of aria-current, or empty


@register.simple_tag(takes_context=True)
def theme_attribute(context: template.Context) -> SafeString | str:
    theme = theme_of(context.get("request"))
    return format_html(' data-theme="{}"', theme) if theme else ""


@register.simple_tag(takes_context=True)
def current_theme(context: template.Context) -> str:
    return theme_of(context.get("request"))


@register.simple_tag(takes_context=True)
def alternates(context: template.Context) -> list[Language]:
    """This page in every language of the site; every edition is mirrored, so the same address but for the language exists."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    base = f"{request.scheme}://{request.get_host()}" if request else settings.BASE_URL
    current = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    found = []
    for code, _name in settings.LANGUAGES:
        url = translate_url(path, code)
        found.append(
            Language(
                code,
                get_language_info(code)["name_local"],
                url,
                base + url,
                OG_LOCALES.get(code, code),
                code == current,
            )
        )
    return found


@register.simple_tag(takes_context=True)
def absolute_static(context: template.Context, path: str) -> str:
    request = context.get("request")
    return request.build_absolute_uri(static(path)) if request else settings.BASE_URL + static(path)


@register.simple_tag(takes_context=True)
def main_navigation(context: template.Context) -> list[NavigationItem]:
    request = context.get("request")
    here = request.path if request else ""
    start = f"/{get_language() or settings.LANGUAGE_CODE}/"
    items = [
        (_("Catalogue"), "catalogue/"),
        (_("Case studies"), "catalogue/?kind=case-study"),
        (_("Study visits"), "catalogue/?kind=study-visit"),
        (_("Workshops"), "catalogue/?kind=workshop"),
        (_("Training needs"), "needs/"),
        (_("Glossary"), "glossary/"),
    ]
    return [NavigationItem(label, start + address, _current(start + address, here)) for label, address in items]


def _current(url: str, here: str) -> str:
    if url == here:
        return "page"
    return "true" if "?" not in url and here.startswith(url) else ""


@register.filter
def page_range(paginator: Paginator, page_obj: Page) -> list[int | str]:
    """The page numbers to offer: first, last, and those around the present one."""
    return list(paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1))
