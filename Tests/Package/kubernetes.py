"""Whether the sample for Kubernetes is what the API takes, and keeps to what the service needs.

kubernetes.py FILE        with the schemas of the package kubernetes-validate
"""

import re
import sys

import kubernetes_validate
import yaml

# The longest call and what the drain takes besides, in seconds: the handbook's page "Guarantees".
DRAIN = 120 + 15


def main(path):
    with open(path, encoding="utf-8") as file:
        documents = list(yaml.safe_load_all(file))
    for document in documents:
        # Strict: a key that the API does not know is a mistake, too.
        kubernetes_validate.validate(document, kubernetes_validate.latest_version(), strict=True)
    kinds = {document["kind"]: document for document in documents}
    assert set(kinds) == {"ServiceAccount", "Service", "StatefulSet"}, set(kinds)
    workload = kinds["StatefulSet"]["spec"]
    pod = workload["template"]["spec"]
    (container,) = pod["containers"]
    assert workload["replicas"] == 1
    assert workload["selector"]["matchLabels"] == workload["template"]["metadata"]["labels"] == kinds["Service"]["spec"]["selector"]
    assert pod["terminationGracePeriodSeconds"] > DRAIN
    user = pod["securityContext"]["runAsUser"]
    assert isinstance(user, int) and user >= 1000 and pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]
    with open("Dockerfile", encoding="utf-8") as file:
        # The image's own user, by number.
        assert re.search(rf"^USER {user}:{user}$", file.read(), re.MULTILINE)
    with open("Sources/clusterbot/Version.swift", encoding="utf-8") as file:
        version = re.search(r'text = "(.*)"', file.read())[1]
    assert container["image"].endswith(f":{version}"), container["image"]
    # Every mount has its volume, every probe and target its port.
    volumes = {volume["name"] for volume in pod["volumes"]}
    volumes |= {claim["metadata"]["name"] for claim in workload["volumeClaimTemplates"]}
    assert {mount["name"] for mount in container["volumeMounts"]} == volumes
    assert "/var/lib/clusterbot" in {mount["mountPath"] for mount in container["volumeMounts"] if not mount.get("readOnly")}
    ports = {port["name"] for port in container["ports"]}
    for probe in ("livenessProbe", "readinessProbe", "startupProbe"):
        assert container[probe]["httpGet"]["port"] in ports
    assert {port["targetPort"] for port in kinds["Service"]["spec"]["ports"]} <= ports
    for volume in pod["volumes"]:
        for source in ("configMap", "secret"):
            assert volume.get(source, {"defaultMode": 0o440})["defaultMode"] == 0o440
    print(f"{path}: {len(documents)} documents fit the API of Kubernetes {kubernetes_validate.latest_version()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
