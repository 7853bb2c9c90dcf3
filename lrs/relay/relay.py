"""Tail each store's log into Kafka, and note what Kafka has acknowledged."""

import logging
import threading
from collections.abc import Callable
from itertools import pairwise

import sqlalchemy as sa
from kafka.errors import KafkaError

from lrs.event_log.database import Database
from lrs.event_log.trouble import passes
from lrs.feed import Feed, LogAway
from lrs.kafka import KafkaAway
from lrs.relay.checkpoint import RelayCheckpoint, read_checkpoints, write_checkpoints
from lrs.relay.election import Election
from lrs.relay.message import Message, to_message
from lrs.relay.producer import Producer, Sent
from lrs.relay.topic import check
from lrs.settings import Settings

log = logging.getLogger("lrs.relay")
Tell = Callable[[str], None]
PAGE = 1000
# How often an event that Kafka refused is tried again: the topic may have been put right meanwhile.
RETRY_SECONDS = 30.0


class AllStoresStopped(RuntimeError):
    """No store can be relayed further; the text names each one's position and the remedy."""


class AnotherRelays(RuntimeError):
    """This process is not the elected one."""


class Relay:
    """All stores of one installation, for as long as this process is the elected one."""

    def __init__(self, settings: Settings, database: Database, election: Election, tell: Tell) -> None:
        self._settings, self._database, self._election, self._tell = settings, database, election, tell
        self._feed = Feed(database)
        self._producer: Producer | None = None
        self._stopped: dict[str, str] = {}
        self._told = ""

    def run(self, stopping: threading.Event) -> None:
        """Relay until told to stop; stand by while another relay does.

        Raises TopicUnfit, and AllStoresStopped when the next event of every store is one that Kafka refuses.
        """
        waited = 0.0
        try:
            while not stopping.is_set():
                busy = self._try_turn()
                if not busy:
                    stopping.wait(self._settings.poll_seconds)
                    waited += self._settings.poll_seconds
                if waited >= RETRY_SECONDS:
                    waited = 0.0
                    self._stopped.clear()
        finally:
            self.close()

    def run_once(self) -> None:
        """Relay what is there now. Raises TopicUnfit, KafkaAway, AllStoresStopped, AnotherRelays."""
        try:
            if not self._election.is_won():
                raise AnotherRelays("another relay is running; it relays what is there")
            while self.turn():
                pass
            self._give_up_if_nothing_is_left()
        finally:
            self.close()

    def close(self) -> None:
        self._close_producer()
        self._election.resign()

    def _try_turn(self) -> bool:
        try:
            if not self._election.is_won():
                self._say("standing by: another relay is at work")
                return False
            self._say("relaying")
            busy = self.turn()
            if not busy:
                self._give_up_if_nothing_is_left()
            return busy
        except (KafkaAway, KafkaError, LogAway) as error:
            reason = str(error)
        except sa.exc.SQLAlchemyError as error:
            if not passes(error):
                raise
            # its own first line: what SQLAlchemy adds is the query
            cause = getattr(error, "orig", None) or error
            reason = f"the database does not answer: {str(cause).splitlines()[0]}"
        self._close_producer()
        self._say(f"waiting: {reason}")
        return False

    def turn(self) -> bool:
        """A page of each store; returns whether there was anything to relay."""
        if self._producer is None:
            self._producer = Producer(self._settings, check(self._settings))
        known = read_checkpoints(self._database)
        busy = False
        for store in self._feed.stores():
            if store not in self._stopped and self._election.is_won():
                busy |= self._relay(self._producer, known.get(store, RelayCheckpoint(store, 0)))
        return busy

    def _relay(self, producer: Producer, checkpoint: RelayCheckpoint) -> bool:
        store = checkpoint.store
        events = self._feed.read(store, checkpoint.position, PAGE)
        if not events:
            return False
        before = [checkpoint.position, *(event.position for event in events)]
        messages = [
            to_message(event, previous) for event, (previous, _) in zip(events, pairwise(before), strict=True)
        ]
        for sent in producer.send(messages):
            self._note(store, sent)
            if not self._election.is_won():
                break
        return store not in self._stopped

    def _note(self, store: str, sent: Sent) -> None:
        """After the acknowledgement, never before: what is lost in between is sent again."""
        problem = None
        if sent.refused is not None:
            problem = self._stopped[store] = _told(store, sent.refused, sent.reason)
            log.error("%s", problem)
        position = sent.position
        if position is None:
            position = read_checkpoints(self._database).get(store, RelayCheckpoint(store, 0)).position
        write_checkpoints(self._database, [RelayCheckpoint(store, position, problem)])

    def _give_up_if_nothing_is_left(self) -> None:
        stores = set(self._feed.stores())
        if stores and stores == set(self._stopped):
            raise AllStoresStopped("; ".join(self._stopped[store] for store in sorted(stores)))

    def _close_producer(self) -> None:
        if self._producer is not None:
            self._producer.close()
            self._producer = None

    def _say(self, text: str) -> None:
        """Once, until there is something else to say."""
        if text != self._told:
            self._told = text
            self._tell(text)


def _told(store: str, message: Message, reason: str) -> str:
    return (
        f"store {store} stands still before position {message.position}: Kafka refuses its {message.size:,} bytes "
        f"({reason}). Nothing is skipped, other stores go on. If it is too large: raise LRS_KAFKA_MESSAGE_BYTES, run "
        "lrs relay setup, and start relay and projectors again"
    )
