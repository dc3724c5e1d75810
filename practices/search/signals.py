"""What search tells others, who must not be able to slow or fail it."""

from django.dispatch import Signal

# request, response, asked (practices.search.asked.Asked), total: a reader asked in words, and so many records were found.
searched = Signal()
