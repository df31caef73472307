"""A form that was not taken says so in its status, also where allauth answers 200."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class AccountsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        form = (getattr(response, "context_data", None) or {}).get("form")
        if (
            request.method == "POST"
            and response.status_code == 200
            and form is not None
            and form.is_bound
            and form.errors
        ):
            response.status_code = 422
        return response
