"""models: the tables of the blog."""

from blog.models.changes import Changes
from blog.models.comment import Comment, Thread
from blog.models.deed import Deed
from blog.models.dismissal import Dismissal
from blog.models.hub import HubNotice
from blog.models.image import Image
from blog.models.invitation import Invitation
from blog.models.keeping import Presence, UnsavedText
from blog.models.library import FormerFile, Rendition, Showing
from blog.models.naming import TagAlias
from blog.models.post import Byline, Page, Post, PreviewLink, Revision, Series
from blog.models.response import Response
from blog.models.review import Approval
from blog.models.savedview import SavedView
from blog.models.site import NavigationLink, Redirect, SearchDocument, SiteState
from blog.models.sitewide import SiteSettings
from blog.models.tag import Tag, TaggedPost
from blog.models.vocabulary import SearchWord

__all__ = [
    "Approval",
    "Byline",
    "Changes",
    "Comment",
    "Deed",
    "Dismissal",
    "FormerFile",
    "HubNotice",
    "Image",
    "Invitation",
    "NavigationLink",
    "Page",
    "Post",
    "Presence",
    "PreviewLink",
    "Redirect",
    "Rendition",
    "Response",
    "Revision",
    "SavedView",
    "SearchDocument",
    "SearchWord",
    "Series",
    "Showing",
    "SiteSettings",
    "SiteState",
    "Tag",
    "TagAlias",
    "TaggedPost",
    "Thread",
    "UnsavedText",
]
