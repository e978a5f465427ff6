"""What an app is told where something is wrong (RFC 9457)."""

from __future__ import annotations

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for the person who asked"},
        "errors": {
            "type": "object",
            "description": "What is wrong with each field",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "choices": {
            "type": "array",
            "description": "The variants to choose from, where a size alone does not say which",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("variant_id", "size", "color")},
            },
        },
        "total": {"type": "string", "description": "What the order comes to now, where the price has changed"},
        "stats": {
            "type": "object",
            "description": "How much hangs on what should be deleted",
            "additionalProperties": {"type": "integer"},
        },
    },
    "examples": [
        {
            "type": "about:blank",
            "title": "Unprocessable Entity",
            "status": 422,
            "detail": "Some values do not fit.",
            "errors": {"quantity": ["Choose a quantity from 1 to 100."]},
        }
    ],
}
