"""Signing in with an account elsewhere (ACC-09): what Google and GitHub prove about somebody."""
