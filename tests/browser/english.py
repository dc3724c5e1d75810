"""Finds English that a Thai reader would meet: words in Latin letters, but for names, codes and what is marked as English."""

from __future__ import annotations

import re
from collections.abc import Iterable

from playwright.sync_api import Page

COLLECT = """() => {
    const found = [];
    // Words kept whole on a line stand in an element each; a title is read as one text again.
    document.querySelectorAll('span.w').forEach(word => word.replaceWith(...word.childNodes));
    document.documentElement.normalize();
    const isThai = element => (element.closest('[lang]')?.lang || '').startsWith('th');
    // What is content and not message: what people wrote, also where the editor repeats it as the title of a block.
    const skipped = 'script, style, noscript, textarea, code, pre, kbd, [contenteditable=true], select[name$=time_zone],'
        + ' .c-sf-block__title, .w-minimap, [data-minimap-container], .xdsoft_save_selected, .w-side-panel-toggle__counter[hidden]';
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent && !parent.closest(skipped) && isThai(parent)) found.push(walker.currentNode.data);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt], [aria-description]')) {
        if (!isThai(element)) continue;
        for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
            if (element.getAttribute(name)) found.push(element.getAttribute(name));
    }
    return found.map(text => text.replace(/\\s+/g, ' ').trim()).filter(Boolean);
}"""
ADDRESS = re.compile(
    r"\.(?:docx|pdf)\b|\S+@\S+|https?://\S+|www\.\S+|\b[\w-]+\.(?:org|eu|com|docx|pdf)\b|[\w./-]*/[\w./-]+"
)
MARKUP = re.compile(
    r"<[^>]*>|\[\^[\w-]+\]|\b[a-z]+(?:[-_][a-z0-9]+)+\b"
)  # tags, notes, short names such as thematic_area
ACRONYM = re.compile(r"[A-Z]\w*[A-Z]")  # NGOs, VoT, and names written so
WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*[a-z][A-Za-z’'-]*")
# Names that are written so in Thai too.
NAMES = {
    "Sala",
    "Word",
    "English",
    "Wagtail",
    "Markdown",
    "Excel",
    "Elasticsearch",
    "Ctrl",
    "Shift",
    "Alt",
    "Enter",
    "Esc",
    "Global",
    "Compact",
    "on",
}


# What wagtail-localize's translation editor writes in its script past every catalogue; a frozen list.
LOCALIZES_OWN = re.compile(r"^More actions *$|^\S+ to \S+ translation$|(?<=เมื่อ )\d+ [A-Z][a-z]+ \d{4}")


def english_words(text: str, known: Iterable[str]) -> list[str]:
    """`known`: titles and names of the content, longest first; a single word of them counts only where it stands alone."""
    text, single = ADDRESS.sub(" ", text), set(NAMES)
    for phrase in known:
        if " " in phrase:
            text = text.replace(phrase, " ")
        else:
            single.add(phrase)
    text = MARKUP.sub(" ", LOCALIZES_OWN.sub(" ", text))
    return [word for word in WORD.findall(text) if word not in single and not ACRONYM.match(word)]


def english_on(page: Page, known: Iterable[str]) -> list[str]:
    """Every piece of text on the page that has English words in it; `known` are names and titles of the content."""
    found = {text: english_words(text, known) for text in page.evaluate(COLLECT)}
    return sorted(f"{' '.join(words)} – in: {text[:160]}" for text, words in found.items() if words)
