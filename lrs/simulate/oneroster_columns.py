"""The columns of a OneRoster 1.2 CSV bundle (1EdTech, OneRoster CSV Tables 1.2), and our own of classes."""

_FIRST = "sourcedId status dateLastModified "

COLUMNS = {
    "manifest": "propertyName value",
    "academicSessions": _FIRST + "title type startDate endDate parentSourcedId schoolYear",
    "classes": _FIRST
    + "title grades courseSourcedId classCode classType location schoolSourcedId termSourcedIds subjects subjectCodes "
    "periods metadata.grade metadata.finality",
    "courses": _FIRST + "schoolYearSourcedId title courseCode grades orgSourcedId subjects subjectCodes",
    "enrollments": _FIRST + "classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate",
    "orgs": _FIRST + "name type identifier parentSourcedId",
    "roles": _FIRST + "userSourcedId roleType role beginDate endDate orgSourcedId userProfileSourcedId",
    "users": _FIRST
    + "enabledUser username userIds givenName familyName middleName identifier email sms phone agentSourcedIds grades "
    "password userMasterIdentifier resourceSourcedIds preferredGivenName preferredMiddleName preferredFamilyName "
    "primaryOrgSourcedId pronouns",
}

# Files that the standard knows and this bundle leaves out.
ABSENT = (
    "categories classResources courseResources demographics lineItemLearningObjectiveIds lineItems "
    "lineItemScoreScales resources resultLearningObjectiveIds results resultScoreScales scoreScales userProfiles "
    "userResources"
)
