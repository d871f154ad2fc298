from django.http import HttpRequest, HttpResponse


def catalogue_files(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def catalogue_export(request: HttpRequest, kind: str) -> HttpResponse:
    return HttpResponse()


def catalogue_file(request: HttpRequest, file: int) -> HttpResponse:
    return HttpResponse()
