"""The one door for uploads: what comes in is judged by its content, drawn anew, and kept under a random name."""
