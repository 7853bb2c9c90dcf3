"""A broker that asks who is there: by name and password over TLS at one port, by a certificate at another."""

from pathlib import Path

from tests.services.broker import Broker
from tests.services.certificates import Authority, Certified
from tests.services.server import a_free_port

NAME, PASSWORD = "leerspoor", "zes-woorden/die:niemand@raadt%20"

SECURITY = """\
listeners=SECURED://127.0.0.1:{port},MUTUAL://127.0.0.1:{mutual},INSIDE://127.0.0.1:{inside},\
CONTROLLER://127.0.0.1:{controller}
advertised.listeners=SECURED://127.0.0.1:{port},MUTUAL://127.0.0.1:{mutual},INSIDE://127.0.0.1:{inside}
listener.security.protocol.map=SECURED:SASL_SSL,MUTUAL:SSL,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=INSIDE
ssl.keystore.type=PEM
ssl.keystore.location={keystore}
ssl.truststore.type=PEM
ssl.truststore.location={truststore}
listener.name.mutual.ssl.client.auth=required
listener.name.secured.sasl.enabled.mechanisms=SCRAM-SHA-512,PLAIN
listener.name.secured.scram-sha-512.sasl.jaas.config=\
org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.secured.plain.sasl.jaas.config=\
org.apache.kafka.common.security.plain.PlainLoginModule required user_{name}="{password}";
"""


class SecuredBroker(Broker):
    """`servers` takes SCRAM-SHA-512 and PLAIN over TLS, `mutual_servers` a certificate of its authority."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.mutual, self.inside = a_free_port(), a_free_port()
        self.authority = Authority(folder / "authority", "authority")
        self._own: Certified = self.authority.certify("broker")

    @property
    def open_servers(self) -> str:
        return f"127.0.0.1:{self.inside}"

    @property
    def mutual_servers(self) -> str:
        return f"127.0.0.1:{self.mutual}"

    def _server_properties(self) -> str:
        plain = super()._server_properties().splitlines()
        kept = [line for line in plain if not line.startswith(("listeners=", "advertised.", "listener.sec"))]
        secured = SECURITY.format(
            port=self.port, mutual=self.mutual, inside=self.inside, controller=self.controller, name=NAME,
            password=PASSWORD, keystore=self._own.both, truststore=self.authority.certificate,
        )  # fmt: skip
        return "\n".join([*kept, secured])

    def _format(self, *more: str) -> None:
        super()._format("--add-scram", f"SCRAM-SHA-512=[name={NAME},password={PASSWORD}]", *more)
