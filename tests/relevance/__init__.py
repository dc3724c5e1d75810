"""A judged set of questions, and what the engines make of it: `make relevance`.

Also a Django app, for the table that Wagtail's stock search needs beside ours.
"""
