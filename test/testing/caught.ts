/**
 * Which faulty stores show that a law is not empty: each of them breaks it. Other laws may catch them too, and a law
 * may catch more; named are those that break the least beside it.
 */
export const caught: Readonly<Record<string, readonly string[]>> = {
  "a record that is not there is undefined": ["compares ids without case"],
  "a record, an event and a receipt read as they were written": [
    "drops null",
    "keeps texts in a narrow character set",
    "loses receipts",
  ],
  "a unit reads its own writes": [
    "never grows a revision",
    "does not see its own writes",
    "keeps the first columns of a record",
  ],
  "what is given to a store is copied": ["keeps references", "loses receipts", "ignores the tenant of records"],
  "what a store gives is a copy": ["hands out what it keeps", "leases for ever", "forgets what nobody acknowledged"],
  "creating a record that is there conflicts": ["ignores versions", "swallows conflicts"],
  "a stale put conflicts at once and changes nothing": [
    "ignores versions",
    "keeps the first columns of a record",
    "swallows conflicts",
  ],
  "kinds do not see each other": ["keeps all kinds in one table", "ignores the tenant of records"],
  "a failing unit leaves nothing behind": [
    "erases outside the unit",
    "reindexes whatever the version",
    "keeps receipts outside the unit",
  ],
  "what the work throws and what it answers come out unchanged": ["wraps what the work throws"],
  "a conflict takes the whole unit with it": [
    "ignores versions",
    "appends again after a conflict",
    "keeps receipts outside the unit",
  ],
  "what a unit says it will read it reads as any other unit does": [
    "forgets the receipt where a unit says what it will read",
  ],
  "what a unit that says what it reads has written is there, or none of it": [
    "swallows conflicts",
    "looks at versions only when it is asked to put",
  ],
  "a unit that says what it reads, and fails after it has found what it wrote, leaves nothing behind": [
    "writes one thing after the other, without a rollback",
  ],
  "a conflict that somebody swallows takes the whole unit with it all the same": ["swallows conflicts"],
  "joined work can itself be joined": ["lends joined work no transaction"],
  "of overlapping units that say what they read the slower conflicts": ["swallows conflicts"],
  "a unit that reads more than it said sees one state, or conflicts": ["finds what others have committed meanwhile"],
  "a unit that loses to an overlapping one leaves nothing behind": [
    "appends again after a conflict",
    "keeps receipts outside the unit",
    "looks at versions only when it is asked to put",
  ],
  "of overlapping units that put one record exactly one commits": [
    "looks at versions only when it is asked to put",
    "keeps references",
    "swallows conflicts",
  ],
  "nothing is lost when many count at once": ["looks at versions only when it is asked to put", "swallows conflicts"],
  "overlapping units that put different records all commit": ["locks every kind as a whole"],
  "a unit sees a stable snapshot": [
    "reads what others have committed meanwhile",
    "does not see its own writes",
    "keeps receipts outside the unit",
  ],
  "a unit that is over does nothing any more": [
    "lets a unit be used after its end",
    "reads what others have committed meanwhile",
    "erases outside the unit",
  ],
  "tenants do not see each other's records": ["ignores the tenant of records"],
  "tenants do not find each other's records": ["ignores the tenant in find", "ignores the tenant of records"],
  "tenants do not see each other's events": ["ignores the tenant of events"],
  "tenants do not see each other's receipts": ["ignores the tenant of receipts", "loses receipts"],
  "tenants do not see or erase each other's people": [
    "erases a person in every tenant",
    "keeps all kinds in one table",
    "ignores the tenant of events",
  ],
  "the versions of a stream are 1, 2, 3 without gap or repetition": [
    "renumbers events",
    "appends again after a conflict",
    "looks at versions only when it is asked to put",
  ],
  "of overlapping units that append to one stream exactly one commits": [
    "appends again after a conflict",
    "looks at versions only when it is asked to put",
    "swallows conflicts",
  ],
  "events are read in order, after a version, page by page": ["sorts versions as texts"],
  "a receipt is found until it expires": ["still finds expired receipts", "loses receipts"],
  "another receipt under the same id conflicts": [
    "keeps receipts outside the unit",
    "looks at versions only when it is asked to put",
    "swallows conflicts",
  ],
  "of overlapping units that put one receipt exactly one commits": [
    "never replaces a receipt",
    "replaces receipts that hold",
    "looks at versions only when it is asked to put",
  ],
  "an expired receipt is replaced": [
    "never replaces a receipt",
    "replaces receipts that hold",
    "looks at versions only when it is asked to put",
  ],
  "expired receipts are pruned, and only they": [
    "prunes every receipt that can expire",
    "prunes without a limit",
    "loses receipts",
  ],
  "find matches on every column, null and all": ["never matches null", "ignores the tenant of records"],
  "find goes by the latest columns": ["keeps the first columns of a record", "ignores the tenant of records"],
  "find orders by a column: null first, numbers by value, ties by id": [
    "puts null last",
    "ignores the tenant of records",
  ],
  "find orders texts by UTF-16 code units": ["orders texts as a dictionary does", "ignores the tenant of records"],
  "pages lose and repeat nothing, whatever the ties": [
    "promises a next page after the last one",
    "pages by value and skips ties",
    "ignores the tenant in find",
  ],
  "a page holds what its limit says, and the last one has no next": [
    "promises a next page after the last one",
    "pages by value and skips ties",
    "ignores the tenant in find",
  ],
  "a page begins after its cursor, whatever was put meanwhile": [
    "pages by offset",
    "pages by value and skips ties",
    "ignores the tenant in find",
  ],
  "the revision of a kind grows with every put": ["never grows a revision", "ignores the tenant of records"],
  "reindexing replaces the columns of the same version, and nothing else": [
    "reindexes whatever the version",
    "ignores the tenant of records",
  ],
  "a reindex that was overtaken by a put does not win": [
    "reindexes whatever the version",
    "keeps the first columns of a record",
    "ignores the tenant of records",
  ],
  "what is due is claimed, the longest due first": ["claims the shortest due first", "claims what is not due yet"],
  "a claim takes at most what it asks for": [
    "claims without a limit",
    "claims the shortest due first",
    "claims what is not due yet",
  ],
  "a claimed record is nobody else's until its lease ends": [
    "claims what is not due yet",
    "claims without a lease",
    "leases for ever",
  ],
  "a put or a reindex ends the lease": [
    "keeps a lease after a put",
    "claims the shortest due first",
    "claims what is not due yet",
  ],
  "the due records of all tenants and kinds are claimed": [
    "keeps a lease after a put",
    "claims of one tenant only",
    "claims the shortest due first",
  ],
  "a postponed record waits": ["does not postpone", "keeps a lease after a put", "claims the shortest due first"],
  "every consumer gets every event, from the first one on": [
    "begins a consumer at the present",
    "has one state for all consumers",
    "lets events overtake each other in a stream",
  ],
  "a delivery carries the events as they were appended": [
    "claims of one tenant only",
    "lets events overtake each other in a stream",
    "forgets what was acknowledged",
  ],
  "a stream is delivered in order and without a gap": [
    "lets events overtake each other in a stream",
    "delivers what is older than its cursor only",
    "forgets what was acknowledged",
  ],
  "a claim brings at most as many events as it asks for": ["claims without a limit"],
  "what was acknowledged never comes again, what was not does": [
    "leases for ever",
    "forgets what nobody acknowledged",
    "delivers what is older than its cursor only",
  ],
  "a leased stream is nobody else's, until the lease ends and somebody takes it over": [
    "takes an answer under an old lease",
    "lets one failing stream hold all",
    "claims without a lease",
  ],
  "a failing stream waits until it is tried again, and holds no other": [
    "forgets how often it has failed",
    "begins a consumer at the present",
    "lets one failing stream hold all",
  ],
  "a halted stream waits until its event is skipped": [
    "skips whatever is halted",
    "claims of one tenant only",
    "lets one failing stream hold all",
  ],
  "a halted stream that is resumed goes on with the same event, as if that had never failed": [
    "resumes whatever is halted",
    "resumes after the halted event",
    "counts on when it resumes",
    "resumes after a while",
    "tries again at once",
  ],
  "a consumer that is forgotten begins at the first event, as one that never was": [
    "knows whoever is asked about",
    "remembers what a forgotten consumer has had",
    "forgets a consumer in one tenant only",
    "takes an answer of one who was forgotten",
    "has one state for all consumers",
  ],
  "an event of a unit that was under way when its consumer came is delivered": [
    "tells a consumer nothing of units that began before it",
    "remembers what a forgotten consumer has had",
  ],
  "a backlog tells how much waits, since when, and what is halted": [
    "does not count halted events",
    "tries again at once",
    "has one state for all consumers",
  ],
  "only what was committed is delivered": [
    "appends events outside the unit",
    "writes one thing after the other, without a rollback",
  ],
  "an event that commits after a later one was delivered is delivered too": [
    "delivers what is older than its cursor only",
    "forgets what was acknowledged",
    "appends events outside the unit",
  ],
  "personal fields read as they were written": [
    "keeps texts in a narrow character set",
    "ignores the tenant of records",
  ],
  "an erased person's fields read as erased in records and events": [
    "seals records only",
    "seals events only",
    "gives erased fields as null",
  ],
  "what is still to be delivered of an erased person reads as erased": [
    "delivers from copies that were made before the erasure",
    "seals records only",
    "ignores the tenant of events",
  ],
  "erasing one person takes nothing of another": [
    "erases whoever's name begins alike",
    "seals events only",
    "gives erased fields as null",
  ],
  "who comes back after being erased begins anew": ["erases for ever", "seals records only", "seals events only"],
  "what was erased stays erased when the record is written on": [
    "seals records only",
    "seals events only",
    "gives erased fields as null",
  ],
  "who had read a person before the erasure cannot write them back": [
    "lets who read before an erasure bring the person back",
    "seals records only",
    "seals events only",
  ],
  "the streams of a person are paged in the order of kind and id": [
    "pages the streams of a person once",
    "keeps all kinds in one table",
    "ignores the tenant of records",
  ],
  "joined work commits with the host's transaction": [
    "reads what others have committed meanwhile",
    "commits joined work on its own",
    "does not see its own writes",
  ],
  "joined work is rolled back with the host's transaction": [
    "commits joined work on its own",
    "keeps receipts outside the unit",
    "appends events outside the unit",
  ],
  "joined work that fails undoes only itself": [
    "does not undo joined work that fails",
    "rolls the host back when joined work fails",
    "erases outside the unit",
  ],
  "a transaction that is over cannot be joined": [
    "joins a transaction that is over in a new one",
    "commits joined work on its own",
  ],
  "joined work has a unit of its own, which ends with it": [
    "gives joined work the unit of the host",
    "lets a unit be used after its end",
    "writes one thing after the other, without a rollback",
  ],
};
