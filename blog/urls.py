"""urls: the addresses that readers use; they never change."""

from __future__ import annotations

from django.urls import URLPattern, include, path, register_converter
from django.urls.converters import StringConverter

from blog import feeds, sitemaps
from blog.views import archive, directories, files, health, lists, oembed, posts, preview, respond, search
from blog.views.errors import old_addresses_first


class Language(StringConverter):
    """A language as addresses write it: lower case, so that one list has one address."""

    regex = "[a-z]{2,3}(?:-[a-z0-9]{1,8})*"

    def to_url(self, value: str) -> str:
        return value.lower()


class FeedForm(StringConverter):
    regex = "rss|atom|json"


class Year(StringConverter):
    regex = "[0-9]{4}"


class Month(StringConverter):
    regex = "0[1-9]|1[0-2]"


register_converter(Language, "language")
register_converter(FeedForm, "form")
register_converter(Year, "year")
register_converter(Month, "month")


def _lists() -> list[URLPattern]:
    """Every list and its feeds; they stand at the root and again under each language."""
    return [
        path("", old_addresses_first(lists.home), name="home"),
        path("feed.<form:form>", feeds.site, name="home-feed"),
        path("tags/", directories.tags, name="tags"),
        path("tags/<slug:slug>/", lists.tag, name="tag"),
        path("tags/<slug:slug>/feed.<form:form>", feeds.tag, name="tag-feed"),
        path("authors/", directories.authors, name="authors"),
        path("authors/<slug:slug>/", lists.author, name="author"),
        path("authors/<slug:slug>/feed.<form:form>", feeds.author, name="author-feed"),
        path("series/<slug:slug>/", lists.series, name="series"),
        path("series/<slug:slug>/feed.<form:form>", feeds.series, name="series-feed"),
        path("archive/", archive.whole, name="archive"),
        path("archive/<year:year>/", archive.year, name="archive-year"),
        path("archive/<year:year>/<month:month>/", archive.month, name="archive-month"),
    ]


urlpatterns = [
    *_lists(),
    path("posts/<slug:slug>/", posts.post, name="post"),
    path("posts/<slug:slug>.md", posts.source, name="post-source"),
    path("posts/<slug:slug>.json", posts.data, name="post-data"),
    path("posts/<slug:slug>/card-<slug:digest>.png", posts.card, name="post-card"),
    path("posts/<slug:slug>/respond/", respond.form, name="respond"),
    path("pages/<slug:slug>/", posts.page, name="page"),
    path("search/", search.results, name="search"),
    path("search/feed.<form:form>", search.feed, name="search-feed"),
    path("preview/<str:token>/", preview.show, name="preview"),
    path("oembed", oembed.provide, name="oembed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-index.xml", sitemaps.index, name="sitemap-index"),
    path("sitemap-images.xml", sitemaps.images, name="sitemap-images"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap-news"),
    path("favicon.ico", files.icon, name="icon"),
    path("robots.txt", files.robots, name="robots"),
    path("humans.txt", files.humans, name="humans"),
    path(".well-known/security.txt", files.security, name="security"),
    path("media/<path:name>", files.media, name="media"),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("<language:language>/", include(_lists())),
]
