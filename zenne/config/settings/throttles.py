"""How often is too often. Generous for people, even many behind one address of a school or a counter; tiresome for programs.

Sign-in, codes and passwords have allauth's own limits beside these (`accounts.py`), which also count per account.
"""

# "METHOD name-of-address": (requests, seconds); with `?name` at its end, only requests that carry this parameter are counted
MINUTE, HOUR = 60, 3600
#: Whole tables and bundles for everyone to take along: each is read from the database anew. Who wants more of them at once has the API, which has limits of its own.
DOWNLOADS = (
    *("reporting:csv", "reporting:json", "reporting:pdf", "reporting:data"),
    *("processes:numbers_file", "processes:moderation_csv", "statistics:organisation_file"),
    *("portfolio:table", "portfolio:past_file", "portfolio:money_and_change_table"),
    *("indicators:values", "governance:report_pdf", "governance:report_data"),
    *("voting:report", "voting:bundle", "juries:minutes_pdf", "sortition:file", "sortition:bundle"),
)
THROTTLES = {
    **{f"GET {name}": (30, MINUTE) for name in DOWNLOADS},
    "POST account_login": (60, MINUTE),
    "POST account_login_password": (60, MINUTE),
    "POST account_confirm_login_code": (60, MINUTE),
    "POST account_email_verification_sent": (60, MINUTE),
    "POST account_reset_password": (20, MINUTE),
    "POST account_confirm_password_reset_code": (60, MINUTE),
    "POST accounts:reauthenticate-by-code": (30, MINUTE),
    "POST access:verify": (20, MINUTE),
    "POST accounts:download": (10, HOUR),
    "POST ideas:step": (200, HOUR),
    "POST ideas:autosave": (2000, HOUR),
    "POST ideas:edit": (60, HOUR),
    "GET ideas:similar": (120, MINUTE),
    "POST ideas:support": (240, MINUTE),
    "POST ideas:oppose": (240, MINUTE),
    "POST sortition:answer": (120, HOUR),
    "GET sortition:answer?code": (60, HOUR),
    "GET sortition:short?code": (60, HOUR),
    "GET sortition:seat": (120, HOUR),
    "POST comments:discussion": (60, HOUR),
    "POST comments:edit": (60, HOUR),
    "POST comments:react": (240, MINUTE),
    "POST meetings:register": (60, HOUR),  # a guest gets a letter each time
    "POST moderation:report": (30, HOUR),
    "POST exports:list": (30, HOUR),
    "GET portal:search?q": (60, MINUTE),
}
