"""What went wrong, as problem details (RFC 9457): always JSON, whatever was asked for."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError as FormError
from django.forms import BaseForm
from django.http import Http404
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from issues.api.parameters import ENUMERATED
from issues.forms.parameters import BadParameters

# A value that is well formed and that nothing can be found for: what is called so is not there.
NOTHING_THERE = {"unknown", "unknown_choice", "future", "far", "reversed"}


class ProblemRenderer(JSONRenderer):
    """Problem details as JSON."""

    media_type = "application/problem+json"
    format = "problem"


class WrongParameter(serializers.Serializer):
    """A parameter that cannot be read, or that asks for what there is not."""

    name = serializers.CharField(help_text="The parameter.")
    detail = serializers.CharField(help_text="What is wrong with it.")


class Problem(serializers.Serializer):
    """Why a request was not answered (RFC 9457)."""

    type = serializers.CharField(help_text="Always about:blank: the status says the kind of problem.")
    title = serializers.CharField(help_text="The status in words.")
    status = serializers.IntegerField(help_text="The status of the answer.")
    detail = serializers.CharField(help_text="What is wrong, in a sentence.")
    parameters = WrongParameter(many=True, required=False, help_text="The parameters that are wrong.")


def told(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an error; None for one that is a fault of the server."""
    if isinstance(error, BadParameters):
        return _refused(error.form)
    answer = exception_handler(error, context)
    if answer is None:
        return None
    answer.data = problem(answer.status_code, _detail(error, answer.status_code))
    return answer


def problem(status: int, detail: str) -> dict[str, Any]:
    """The details of a problem."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}


def _refused(form: BaseForm) -> Response:
    """Each parameter that is wrong: 404 where all are well formed and ask for what is not there, else 400."""
    wrong = [(_name(field, said), said) for field, errors in form.errors.as_data().items() for said in errors]
    parameters = [{"name": name, "detail": " ".join(said.messages)} for name, said in wrong]
    is_formed = all(said.code in NOTHING_THERE and name not in ENUMERATED for name, said in wrong)
    detail = " ".join(f"{item['name']}: {item['detail']}" for item in parameters)
    status = 404 if is_formed else 400
    return Response({**problem(status, detail), "parameters": parameters}, status)


def _name(field: str, said: FormError) -> str:
    """The parameter that is wrong; one that there is not is named by what refused it."""
    return str((said.params or {}).get("name", "")) if field == "__all__" else field


def _detail(error: Exception, status: int) -> str:
    if isinstance(error, APIException):
        return str(error.detail)
    if isinstance(error, Http404) and error.args:
        return str(error)
    return HTTPStatus(status).description or HTTPStatus(status).phrase
