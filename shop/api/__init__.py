"""The door for apps: `/api/v1`, thin over the same services as the pages, and its own description.

Answers are JSON, errors problem+json. A request speaks for whom its access token names;
our cookie opens nothing here.
"""
