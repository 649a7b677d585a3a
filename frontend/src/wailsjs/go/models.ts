export namespace app {
	
	export class AcceptRequest {
	    ticketId: string;
	    messageId: string;
	    accept: boolean;
	
	    static createFrom(source: any = {}) {
	        return new AcceptRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.messageId = source["messageId"];
	        this.accept = source["accept"];
	    }
	}
	export class Recipient {
	    name: string;
	    email: string;
	
	    static createFrom(source: any = {}) {
	        return new Recipient(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.email = source["email"];
	    }
	}
	export class Envelope {
	    to: Recipient[];
	    cc: Recipient[];
	    all: boolean;
	    about: string;
	    admits: boolean;
	    subject: string;
	    language: string;
	
	    static createFrom(source: any = {}) {
	        return new Envelope(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.to = this.convertValues(source["to"], Recipient);
	        this.cc = this.convertValues(source["cc"], Recipient);
	        this.all = source["all"];
	        this.about = source["about"];
	        this.admits = source["admits"];
	        this.subject = source["subject"];
	        this.language = source["language"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class AddressRequest {
	    ticketId: string;
	    kind: string;
	    envelope: Envelope;
	    add: string;
	    copy: boolean;
	
	    static createFrom(source: any = {}) {
	        return new AddressRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.kind = source["kind"];
	        this.envelope = this.convertValues(source["envelope"], Envelope);
	        this.add = source["add"];
	        this.copy = source["copy"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Addressed {
	    envelope: Envelope;
	    cautions: string[];
	    language: string;
	    signature: string;
	    quoted: string;
	
	    static createFrom(source: any = {}) {
	        return new Addressed(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.envelope = this.convertValues(source["envelope"], Envelope);
	        this.cautions = source["cautions"];
	        this.language = source["language"];
	        this.signature = source["signature"];
	        this.quoted = source["quoted"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Person {
	    id: string;
	    name: string;
	    email: string;
	    initials: string;
	    tint: number;
	
	    static createFrom(source: any = {}) {
	        return new Person(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.email = source["email"];
	        this.initials = source["initials"];
	        this.tint = source["tint"];
	    }
	}
	export class Pointer {
	    id: string;
	    number: string;
	    title: string;
	
	    static createFrom(source: any = {}) {
	        return new Pointer(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.number = source["number"];
	        this.title = source["title"];
	    }
	}
	export class AnswerItem {
	    ticket: Pointer;
	    messageId: string;
	    author: Person;
	    at: string;
	    to: string;
	    text: string;
	    delivery: string;
	    label: string;
	    problem: string;
	    nextTry: string;
	    tries: number;
	    mayRetry: boolean;
	
	    static createFrom(source: any = {}) {
	        return new AnswerItem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticket = this.convertValues(source["ticket"], Pointer);
	        this.messageId = source["messageId"];
	        this.author = this.convertValues(source["author"], Person);
	        this.at = source["at"];
	        this.to = source["to"];
	        this.text = source["text"];
	        this.delivery = source["delivery"];
	        this.label = source["label"];
	        this.problem = source["problem"];
	        this.nextTry = source["nextTry"];
	        this.tries = source["tries"];
	        this.mayRetry = source["mayRetry"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ArchiveMonth {
	    bucket: string;
	    queue: string;
	    month: string;
	    tickets: number;
	    wanted: boolean;
	    here: boolean;
	
	    static createFrom(source: any = {}) {
	        return new ArchiveMonth(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.bucket = source["bucket"];
	        this.queue = source["queue"];
	        this.month = source["month"];
	        this.tickets = source["tickets"];
	        this.wanted = source["wanted"];
	        this.here = source["here"];
	    }
	}
	export class ArchiveList {
	    months: ArchiveMonth[];
	    problem: string;
	    days: number;
	    maySetDays: boolean;
	
	    static createFrom(source: any = {}) {
	        return new ArchiveList(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.months = this.convertValues(source["months"], ArchiveMonth);
	        this.problem = source["problem"];
	        this.days = source["days"];
	        this.maySetDays = source["maySetDays"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class AsideRequest {
	    ticketId: string;
	    asideId: string;
	    state: string;
	    seenId: string;
	
	    static createFrom(source: any = {}) {
	        return new AsideRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.asideId = source["asideId"];
	        this.state = source["state"];
	        this.seenId = source["seenId"];
	    }
	}
	export class AsideView {
	    id: string;
	    subject: string;
	    state: string;
	    people: string;
	    to: Recipient[];
	    cc: Recipient[];
	    lastId: string;
	    lastBy: string;
	    last: string;
	    lastAt: string;
	    count: number;
	    unread: boolean;
	    awaits: boolean;
	    pending: boolean;
	    problem: string;
	
	    static createFrom(source: any = {}) {
	        return new AsideView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.subject = source["subject"];
	        this.state = source["state"];
	        this.people = source["people"];
	        this.to = this.convertValues(source["to"], Recipient);
	        this.cc = this.convertValues(source["cc"], Recipient);
	        this.lastId = source["lastId"];
	        this.lastBy = source["lastBy"];
	        this.last = source["last"];
	        this.lastAt = source["lastAt"];
	        this.count = source["count"];
	        this.unread = source["unread"];
	        this.awaits = source["awaits"];
	        this.pending = source["pending"];
	        this.problem = source["problem"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class MailboxForm {
	    id: string;
	    address: string;
	    name: string;
	    known: boolean;
	    imapHost: string;
	    imapPort: number;
	    imapTls: string;
	    imapUser: string;
	    folder: string;
	    sent: string;
	    keepSent: boolean;
	    sends: boolean;
	    smtpHost: string;
	    smtpPort: number;
	    smtpTls: string;
	    smtpUser: string;
	    acknowledge: boolean;
	    most: string;
	    signIn: string;
	    tenant: string;
	    clientId: string;
	    authUrl: string;
	    tokenUrl: string;
	    scopes: string;
	
	    static createFrom(source: any = {}) {
	        return new MailboxForm(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.address = source["address"];
	        this.name = source["name"];
	        this.known = source["known"];
	        this.imapHost = source["imapHost"];
	        this.imapPort = source["imapPort"];
	        this.imapTls = source["imapTls"];
	        this.imapUser = source["imapUser"];
	        this.folder = source["folder"];
	        this.sent = source["sent"];
	        this.keepSent = source["keepSent"];
	        this.sends = source["sends"];
	        this.smtpHost = source["smtpHost"];
	        this.smtpPort = source["smtpPort"];
	        this.smtpTls = source["smtpTls"];
	        this.smtpUser = source["smtpUser"];
	        this.acknowledge = source["acknowledge"];
	        this.most = source["most"];
	        this.signIn = source["signIn"];
	        this.tenant = source["tenant"];
	        this.clientId = source["clientId"];
	        this.authUrl = source["authUrl"];
	        this.tokenUrl = source["tokenUrl"];
	        this.scopes = source["scopes"];
	    }
	}
	export class AskRequest {
	    form: MailboxForm;
	    clientSecret: string;
	    device: boolean;
	
	    static createFrom(source: any = {}) {
	        return new AskRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.form = this.convertValues(source["form"], MailboxForm);
	        this.clientSecret = source["clientSecret"];
	        this.device = source["device"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class AskView {
	    state: string;
	    url: string;
	    code: string;
	    until: string;
	    problem: string;
	
	    static createFrom(source: any = {}) {
	        return new AskView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.state = source["state"];
	        this.url = source["url"];
	        this.code = source["code"];
	        this.until = source["until"];
	        this.problem = source["problem"];
	    }
	}
	export class Attachment {
	    id: string;
	    name: string;
	    type: string;
	    size: number;
	    inline: boolean;
	    picture: boolean;
	    program: boolean;
	    url: string;
	
	    static createFrom(source: any = {}) {
	        return new Attachment(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.type = source["type"];
	        this.size = source["size"];
	        this.inline = source["inline"];
	        this.picture = source["picture"];
	        this.program = source["program"];
	        this.url = source["url"];
	    }
	}
	export class AttendRequest {
	    ticketId: string;
	    doing: string;
	
	    static createFrom(source: any = {}) {
	        return new AttendRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.doing = source["doing"];
	    }
	}
	export class AttendeeView {
	    name: string;
	    answer: string;
	
	    static createFrom(source: any = {}) {
	        return new AttendeeView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.answer = source["answer"];
	    }
	}
	export class CheckRequest {
	    ticketId: string;
	    add: string;
	    tick: string;
	    untick: string;
	    remove: string;
	
	    static createFrom(source: any = {}) {
	        return new CheckRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.add = source["add"];
	        this.tick = source["tick"];
	        this.untick = source["untick"];
	        this.remove = source["remove"];
	    }
	}
	export class ChecklistItem {
	    id: string;
	    text: string;
	    done: boolean;
	    by: Person;
	    pending: boolean;
	
	    static createFrom(source: any = {}) {
	        return new ChecklistItem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.text = source["text"];
	        this.done = source["done"];
	        this.by = this.convertValues(source["by"], Person);
	        this.pending = source["pending"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Part {
	    server: string;
	    mine: string;
	    side: string;
	
	    static createFrom(source: any = {}) {
	        return new Part(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.server = source["server"];
	        this.mine = source["mine"];
	        this.side = source["side"];
	    }
	}
	export class Clash {
	    id: string;
	    field: string;
	    label: string;
	    base: string;
	    server: string;
	    mine: string;
	    baseRaw: string;
	    serverRaw: string;
	    mineRaw: string;
	    serverBy: Person;
	    serverAt: string;
	    mineBy: Person;
	    mineAt: string;
	    parts: Part[];
	    won: boolean;
	    suggest: string;
	    reason: string;
	    pending: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Clash(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.field = source["field"];
	        this.label = source["label"];
	        this.base = source["base"];
	        this.server = source["server"];
	        this.mine = source["mine"];
	        this.baseRaw = source["baseRaw"];
	        this.serverRaw = source["serverRaw"];
	        this.mineRaw = source["mineRaw"];
	        this.serverBy = this.convertValues(source["serverBy"], Person);
	        this.serverAt = source["serverAt"];
	        this.mineBy = this.convertValues(source["mineBy"], Person);
	        this.mineAt = source["mineAt"];
	        this.parts = this.convertValues(source["parts"], Part);
	        this.won = source["won"];
	        this.suggest = source["suggest"];
	        this.reason = source["reason"];
	        this.pending = source["pending"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Companion {
	    person: Person;
	    doing: string;
	
	    static createFrom(source: any = {}) {
	        return new Companion(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.person = this.convertValues(source["person"], Person);
	        this.doing = source["doing"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class TicketRow {
	    id: string;
	    number: string;
	    kind: string;
	    title: string;
	    state: string;
	    holdReason: string;
	    priority: number;
	    requester: Person;
	    vip: boolean;
	    assignee: Person;
	    teamId: string;
	    team: string;
	    unread: boolean;
	    pending: boolean;
	    conflict: boolean;
	    held: boolean;
	    openedAt: string;
	    updatedAt: string;
	    waitsSince: string;
	    group: string;
	    snippet: string;
	    company: Companion[];
	
	    static createFrom(source: any = {}) {
	        return new TicketRow(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.number = source["number"];
	        this.kind = source["kind"];
	        this.title = source["title"];
	        this.state = source["state"];
	        this.holdReason = source["holdReason"];
	        this.priority = source["priority"];
	        this.requester = this.convertValues(source["requester"], Person);
	        this.vip = source["vip"];
	        this.assignee = this.convertValues(source["assignee"], Person);
	        this.teamId = source["teamId"];
	        this.team = source["team"];
	        this.unread = source["unread"];
	        this.pending = source["pending"];
	        this.conflict = source["conflict"];
	        this.held = source["held"];
	        this.openedAt = source["openedAt"];
	        this.updatedAt = source["updatedAt"];
	        this.waitsSince = source["waitsSince"];
	        this.group = source["group"];
	        this.snippet = source["snippet"];
	        this.company = this.convertValues(source["company"], Companion);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ClashGroup {
	    row: TicketRow;
	    fields: Clash[];
	    merged: string[];
	    headline: string;
	
	    static createFrom(source: any = {}) {
	        return new ClashGroup(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.row = this.convertValues(source["row"], TicketRow);
	        this.fields = this.convertValues(source["fields"], Clash);
	        this.merged = source["merged"];
	        this.headline = source["headline"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class ComposeRequest {
	    ticketId: string;
	    kind: string;
	    text: string;
	    seenId: string;
	    envelope: Envelope;
	
	    static createFrom(source: any = {}) {
	        return new ComposeRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.kind = source["kind"];
	        this.text = source["text"];
	        this.seenId = source["seenId"];
	        this.envelope = this.convertValues(source["envelope"], Envelope);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ConnectRequest {
	    form: MailboxForm;
	    password: string;
	    smtpPassword: string;
	    clientSecret: string;
	
	    static createFrom(source: any = {}) {
	        return new ConnectRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.form = this.convertValues(source["form"], MailboxForm);
	        this.password = source["password"];
	        this.smtpPassword = source["smtpPassword"];
	        this.clientSecret = source["clientSecret"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CreateRequest {
	    kind: string;
	    title: string;
	    description: string;
	    requesterId: string;
	    teamId: string;
	    serviceId: string;
	    category: string;
	    impact: number;
	    urgency: number;
	    source: string;
	
	    static createFrom(source: any = {}) {
	        return new CreateRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.title = source["title"];
	        this.description = source["description"];
	        this.requesterId = source["requesterId"];
	        this.teamId = source["teamId"];
	        this.serviceId = source["serviceId"];
	        this.category = source["category"];
	        this.impact = source["impact"];
	        this.urgency = source["urgency"];
	        this.source = source["source"];
	    }
	}
	export class Created {
	    id: string;
	    number: string;
	
	    static createFrom(source: any = {}) {
	        return new Created(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.number = source["number"];
	    }
	}
	export class DaysRequest {
	    days: number;
	
	    static createFrom(source: any = {}) {
	        return new DaysRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.days = source["days"];
	    }
	}
	export class DetachRequest {
	    ticketId: string;
	    kind: string;
	    attachmentId: string;
	
	    static createFrom(source: any = {}) {
	        return new DetachRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.kind = source["kind"];
	        this.attachmentId = source["attachmentId"];
	    }
	}
	export class Draft {
	    kind: string;
	    text: string;
	    envelope: Envelope;
	    files: Attachment[];
	    savedAt: string;
	
	    static createFrom(source: any = {}) {
	        return new Draft(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.text = source["text"];
	        this.envelope = this.convertValues(source["envelope"], Envelope);
	        this.files = this.convertValues(source["files"], Attachment);
	        this.savedAt = source["savedAt"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class MeetingTime {
	    start: string;
	    end: string;
	    allDay: boolean;
	
	    static createFrom(source: any = {}) {
	        return new MeetingTime(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.start = source["start"];
	        this.end = source["end"];
	        this.allDay = source["allDay"];
	    }
	}
	export class InvitationView {
	    standing: string;
	    title: string;
	    place: string;
	    when: MeetingTime;
	    occurrence: MeetingTime;
	    repeats: string;
	    organizer: string;
	    attendees: AttendeeView[];
	    moved: MeetingTime;
	    movedPlace: string;
	    answer: string;
	    mayAnswer: boolean;
	    answered: string;
	
	    static createFrom(source: any = {}) {
	        return new InvitationView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.standing = source["standing"];
	        this.title = source["title"];
	        this.place = source["place"];
	        this.when = this.convertValues(source["when"], MeetingTime);
	        this.occurrence = this.convertValues(source["occurrence"], MeetingTime);
	        this.repeats = source["repeats"];
	        this.organizer = source["organizer"];
	        this.attendees = this.convertValues(source["attendees"], AttendeeView);
	        this.moved = this.convertValues(source["moved"], MeetingTime);
	        this.movedPlace = source["movedPlace"];
	        this.answer = source["answer"];
	        this.mayAnswer = source["mayAnswer"];
	        this.answered = source["answered"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Mark {
	    kind: string;
	    words: string;
	    sentence: string;
	
	    static createFrom(source: any = {}) {
	        return new Mark(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.words = source["words"];
	        this.sentence = source["sentence"];
	    }
	}
	export class Entry {
	    id: string;
	    kind: string;
	    author: Person;
	    to: string;
	    at: string;
	    text: string;
	    quoted: string;
	    hasHtml: boolean;
	    attachments: Attachment[];
	    delivery: string;
	    problem: string;
	    nextTry: string;
	    tries: number;
	    mayRetry: boolean;
	    pending: boolean;
	    unread: boolean;
	    changes: string[];
	    why: string;
	    marks: Mark[];
	    suspect: boolean;
	    accepted: boolean;
	    movable: boolean;
	    invitation: InvitationView;
	    asideId: string;
	    aside: string;
	    takeable: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Entry(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.kind = source["kind"];
	        this.author = this.convertValues(source["author"], Person);
	        this.to = source["to"];
	        this.at = source["at"];
	        this.text = source["text"];
	        this.quoted = source["quoted"];
	        this.hasHtml = source["hasHtml"];
	        this.attachments = this.convertValues(source["attachments"], Attachment);
	        this.delivery = source["delivery"];
	        this.problem = source["problem"];
	        this.nextTry = source["nextTry"];
	        this.tries = source["tries"];
	        this.mayRetry = source["mayRetry"];
	        this.pending = source["pending"];
	        this.unread = source["unread"];
	        this.changes = source["changes"];
	        this.why = source["why"];
	        this.marks = this.convertValues(source["marks"], Mark);
	        this.suspect = source["suspect"];
	        this.accepted = source["accepted"];
	        this.movable = source["movable"];
	        this.invitation = this.convertValues(source["invitation"], InvitationView);
	        this.asideId = source["asideId"];
	        this.aside = source["aside"];
	        this.takeable = source["takeable"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class FetchRequest {
	    number: string;
	
	    static createFrom(source: any = {}) {
	        return new FetchRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.number = source["number"];
	    }
	}
	export class FileRequest {
	    messageId: string;
	    attachmentId: string;
	    keep: boolean;
	
	    static createFrom(source: any = {}) {
	        return new FileRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.messageId = source["messageId"];
	        this.attachmentId = source["attachmentId"];
	        this.keep = source["keep"];
	    }
	}
	export class FileState {
	    id: string;
	    state: string;
	    have: number;
	    problem: string;
	    kept: boolean;
	
	    static createFrom(source: any = {}) {
	        return new FileState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.state = source["state"];
	        this.have = source["have"];
	        this.problem = source["problem"];
	        this.kept = source["kept"];
	    }
	}
	export class Group {
	    key: string;
	    label: string;
	    count: number;
	
	    static createFrom(source: any = {}) {
	        return new Group(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.label = source["label"];
	        this.count = source["count"];
	    }
	}
	export class GuessRequest {
	    address: string;
	    signIn: string;
	
	    static createFrom(source: any = {}) {
	        return new GuessRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.address = source["address"];
	        this.signIn = source["signIn"];
	    }
	}
	export class HTMLBody {
	    html: string;
	    remoteImages: number;
	    linkHosts: string[];
	    sanitiserNote: string;
	
	    static createFrom(source: any = {}) {
	        return new HTMLBody(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.html = source["html"];
	        this.remoteImages = source["remoteImages"];
	        this.linkHosts = source["linkHosts"];
	        this.sanitiserNote = source["sanitiserNote"];
	    }
	}
	export class HeaderLine {
	    name: string;
	    value: string;
	
	    static createFrom(source: any = {}) {
	        return new HeaderLine(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.value = source["value"];
	    }
	}
	export class Step {
	    at: string;
	    author: Person;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new Step(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.at = source["at"];
	        this.author = this.convertValues(source["author"], Person);
	        this.text = source["text"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class HeldReply {
	    messageId: string;
	    row: TicketRow;
	    text: string;
	    to: string;
	    writtenAt: string;
	    since: Step[];
	
	    static createFrom(source: any = {}) {
	        return new HeldReply(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.messageId = source["messageId"];
	        this.row = this.convertValues(source["row"], TicketRow);
	        this.text = source["text"];
	        this.to = source["to"];
	        this.writtenAt = source["writtenAt"];
	        this.since = this.convertValues(source["since"], Step);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class HeldRequest {
	    messageId: string;
	    act: string;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new HeldRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.messageId = source["messageId"];
	        this.act = source["act"];
	        this.text = source["text"];
	    }
	}
	
	export class KeepRequest {
	    ticketId: string;
	    keep: boolean;
	
	    static createFrom(source: any = {}) {
	        return new KeepRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.keep = source["keep"];
	    }
	}
	export class LabelRequest {
	    ticketId: string;
	    set: string;
	    add: string;
	    remove: string;
	
	    static createFrom(source: any = {}) {
	        return new LabelRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.set = source["set"];
	        this.add = source["add"];
	        this.remove = source["remove"];
	    }
	}
	export class LogRequest {
	    ticketId: string;
	    minutes: number;
	    note: string;
	
	    static createFrom(source: any = {}) {
	        return new LogRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.minutes = source["minutes"];
	        this.note = source["note"];
	    }
	}
	export class MailField {
	    name: string;
	    value: string;
	
	    static createFrom(source: any = {}) {
	        return new MailField(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.value = source["value"];
	    }
	}
	export class MailTest {
	    in: string;
	    header: string;
	    like: string[];
	    not: boolean;
	
	    static createFrom(source: any = {}) {
	        return new MailTest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.in = source["in"];
	        this.header = source["header"];
	        this.like = source["like"];
	        this.not = source["not"];
	    }
	}
	export class MailboxCard {
	    id: string;
	    address: string;
	    folder: string;
	    server: string;
	    signIn: string;
	    stored: boolean;
	    sends: boolean;
	    state: string;
	    stateLabel: string;
	    since: string;
	    reason: string;
	    wayOut: string;
	    needsPerson: boolean;
	    lastPoll: string;
	    nextTry: string;
	    waiting: number;
	    rate: number;
	    remaining: number;
	    today: number;
	    asOf: string;
	    most: string;
	    waitsFor: string;
	    holds: string;
	
	    static createFrom(source: any = {}) {
	        return new MailboxCard(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.address = source["address"];
	        this.folder = source["folder"];
	        this.server = source["server"];
	        this.signIn = source["signIn"];
	        this.stored = source["stored"];
	        this.sends = source["sends"];
	        this.state = source["state"];
	        this.stateLabel = source["stateLabel"];
	        this.since = source["since"];
	        this.reason = source["reason"];
	        this.wayOut = source["wayOut"];
	        this.needsPerson = source["needsPerson"];
	        this.lastPoll = source["lastPoll"];
	        this.nextTry = source["nextTry"];
	        this.waiting = source["waiting"];
	        this.rate = source["rate"];
	        this.remaining = source["remaining"];
	        this.today = source["today"];
	        this.asOf = source["asOf"];
	        this.most = source["most"];
	        this.waitsFor = source["waitsFor"];
	        this.holds = source["holds"];
	    }
	}
	
	export class MailboxRule {
	    name: string;
	    mailbox: string;
	    when: MailTest[];
	    ofVip: boolean;
	    ignore: string;
	    events: boolean;
	    eventKey: string;
	    eventWell: MailTest[];
	    kind: string;
	    teamId: string;
	    serviceId: string;
	    category: string;
	    impact: number;
	    urgency: number;
	    labels: string[];
	    vip: boolean;
	    last: boolean;
	
	    static createFrom(source: any = {}) {
	        return new MailboxRule(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.mailbox = source["mailbox"];
	        this.when = this.convertValues(source["when"], MailTest);
	        this.ofVip = source["ofVip"];
	        this.ignore = source["ignore"];
	        this.events = source["events"];
	        this.eventKey = source["eventKey"];
	        this.eventWell = this.convertValues(source["eventWell"], MailTest);
	        this.kind = source["kind"];
	        this.teamId = source["teamId"];
	        this.serviceId = source["serviceId"];
	        this.category = source["category"];
	        this.impact = source["impact"];
	        this.urgency = source["urgency"];
	        this.labels = source["labels"];
	        this.vip = source["vip"];
	        this.last = source["last"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class QuarantinedMail {
	    id: string;
	    mailbox: string;
	    from: Person;
	    subject: string;
	    size: number;
	    part: string;
	    receivedAt: string;
	    state: string;
	    stateLabel: string;
	    reason: string;
	    tries: number;
	    acts: string[];
	    by: Person;
	    pending: boolean;
	    ticket: Pointer;
	    head: HeaderLine[];
	    at: string;
	    name: string;
	    url: string;
	
	    static createFrom(source: any = {}) {
	        return new QuarantinedMail(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.mailbox = source["mailbox"];
	        this.from = this.convertValues(source["from"], Person);
	        this.subject = source["subject"];
	        this.size = source["size"];
	        this.part = source["part"];
	        this.receivedAt = source["receivedAt"];
	        this.state = source["state"];
	        this.stateLabel = source["stateLabel"];
	        this.reason = source["reason"];
	        this.tries = source["tries"];
	        this.acts = source["acts"];
	        this.by = this.convertValues(source["by"], Person);
	        this.pending = source["pending"];
	        this.ticket = this.convertValues(source["ticket"], Pointer);
	        this.head = this.convertValues(source["head"], HeaderLine);
	        this.at = source["at"];
	        this.name = source["name"];
	        this.url = source["url"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class MailboxesView {
	    seen: boolean;
	    mayDecide: boolean;
	    mayConfigure: boolean;
	    closed: string;
	    completeUpTo: string;
	    mailboxes: MailboxCard[];
	    mails: QuarantinedMail[];
	
	    static createFrom(source: any = {}) {
	        return new MailboxesView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.seen = source["seen"];
	        this.mayDecide = source["mayDecide"];
	        this.mayConfigure = source["mayConfigure"];
	        this.closed = source["closed"];
	        this.completeUpTo = source["completeUpTo"];
	        this.mailboxes = this.convertValues(source["mailboxes"], MailboxCard);
	        this.mails = this.convertValues(source["mails"], QuarantinedMail);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class MeetingRequest {
	    ticketId: string;
	    messageId: string;
	    answer: string;
	
	    static createFrom(source: any = {}) {
	        return new MeetingRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.messageId = source["messageId"];
	        this.answer = source["answer"];
	    }
	}
	
	export class MergeRequest {
	    ticketId: string;
	    number: string;
	
	    static createFrom(source: any = {}) {
	        return new MergeRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.number = source["number"];
	    }
	}
	export class Move {
	    to: string;
	    label: string;
	    needs: string[];
	
	    static createFrom(source: any = {}) {
	        return new Move(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.to = source["to"];
	        this.label = source["label"];
	        this.needs = source["needs"];
	    }
	}
	export class MoveRequest {
	    ticketId: string;
	    to: string;
	    holdReason: string;
	    resolutionCode: string;
	    resolutionNotes: string;
	
	    static createFrom(source: any = {}) {
	        return new MoveRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.to = source["to"];
	        this.holdReason = source["holdReason"];
	        this.resolutionCode = source["resolutionCode"];
	        this.resolutionNotes = source["resolutionNotes"];
	    }
	}
	export class MoveToServerRequest {
	    server: string;
	
	    static createFrom(source: any = {}) {
	        return new MoveToServerRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.server = source["server"];
	    }
	}
	export class Offer {
	    id: string;
	    name: string;
	    hint: string;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new Offer(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.hint = source["hint"];
	        this.text = source["text"];
	    }
	}
	export class OfferRequest {
	    ticketId: string;
	    kind: string;
	    language: string;
	
	    static createFrom(source: any = {}) {
	        return new OfferRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.kind = source["kind"];
	        this.language = source["language"];
	    }
	}
	export class Option {
	    id: string;
	    label: string;
	    hint: string;
	
	    static createFrom(source: any = {}) {
	        return new Option(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.label = source["label"];
	        this.hint = source["hint"];
	    }
	}
	export class Options {
	    kinds: Option[];
	    states: Option[];
	    holdReasons: Option[];
	    resolutionCodes: Option[];
	    impacts: Option[];
	    urgencies: Option[];
	    priorities: Option[];
	    teams: Option[];
	    people: Person[];
	    services: Option[];
	    categories: Option[];
	    matrix: number[][];
	
	    static createFrom(source: any = {}) {
	        return new Options(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kinds = this.convertValues(source["kinds"], Option);
	        this.states = this.convertValues(source["states"], Option);
	        this.holdReasons = this.convertValues(source["holdReasons"], Option);
	        this.resolutionCodes = this.convertValues(source["resolutionCodes"], Option);
	        this.impacts = this.convertValues(source["impacts"], Option);
	        this.urgencies = this.convertValues(source["urgencies"], Option);
	        this.priorities = this.convertValues(source["priorities"], Option);
	        this.teams = this.convertValues(source["teams"], Option);
	        this.people = this.convertValues(source["people"], Person);
	        this.services = this.convertValues(source["services"], Option);
	        this.categories = this.convertValues(source["categories"], Option);
	        this.matrix = source["matrix"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class OriginView {
	    why: string;
	    marks: Mark[];
	    fields: MailField[];
	    nested: Attachment[];
	    source: Attachment;
	    here: boolean;
	    said: string;
	
	    static createFrom(source: any = {}) {
	        return new OriginView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.why = source["why"];
	        this.marks = this.convertValues(source["marks"], Mark);
	        this.fields = this.convertValues(source["fields"], MailField);
	        this.nested = this.convertValues(source["nested"], Attachment);
	        this.source = this.convertValues(source["source"], Attachment);
	        this.here = source["here"];
	        this.said = source["said"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class OutboxItem {
	    mid: number;
	    ticketId: string;
	    number: string;
	    title: string;
	    sentence: string;
	    text: string;
	    at: string;
	    state: string;
	    attempts: number;
	    bytes: number;
	    have: number;
	    problem: string;
	
	    static createFrom(source: any = {}) {
	        return new OutboxItem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.mid = source["mid"];
	        this.ticketId = source["ticketId"];
	        this.number = source["number"];
	        this.title = source["title"];
	        this.sentence = source["sentence"];
	        this.text = source["text"];
	        this.at = source["at"];
	        this.state = source["state"];
	        this.attempts = source["attempts"];
	        this.bytes = source["bytes"];
	        this.have = source["have"];
	        this.problem = source["problem"];
	    }
	}
	
	export class PatchRequest {
	    ticketId: string;
	    field: string;
	    value: string;
	    reason: string;
	    seen?: string;
	
	    static createFrom(source: any = {}) {
	        return new PatchRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.field = source["field"];
	        this.value = source["value"];
	        this.reason = source["reason"];
	        this.seen = source["seen"];
	    }
	}
	export class PauseRequest {
	    id: string;
	    paused: boolean;
	
	    static createFrom(source: any = {}) {
	        return new PauseRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.paused = source["paused"];
	    }
	}
	
	export class Pill {
	    id: string;
	    label: string;
	    count: number;
	
	    static createFrom(source: any = {}) {
	        return new Pill(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.label = source["label"];
	        this.count = source["count"];
	    }
	}
	export class QueueRequest {
	    view: string;
	    pill: string;
	    text: string;
	    groupBy: string;
	    sort: string;
	    offset: number;
	    limit: number;
	
	    static createFrom(source: any = {}) {
	        return new QueueRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.view = source["view"];
	        this.pill = source["pill"];
	        this.text = source["text"];
	        this.groupBy = source["groupBy"];
	        this.sort = source["sort"];
	        this.offset = source["offset"];
	        this.limit = source["limit"];
	    }
	}
	export class PlaceInQueueRequest {
	    queue: QueueRequest;
	    ticketId: string;
	
	    static createFrom(source: any = {}) {
	        return new PlaceInQueueRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.queue = this.convertValues(source["queue"], QueueRequest);
	        this.ticketId = source["ticketId"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PlaceRequest {
	    ticketId: string;
	    messageId: string;
	    number: string;
	    toId: string;
	
	    static createFrom(source: any = {}) {
	        return new PlaceRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.messageId = source["messageId"];
	        this.number = source["number"];
	        this.toId = source["toId"];
	    }
	}
	export class Placed {
	    ticketId: string;
	    number: string;
	    messageId: string;
	
	    static createFrom(source: any = {}) {
	        return new Placed(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.number = source["number"];
	        this.messageId = source["messageId"];
	    }
	}
	
	export class QuarantineRequest {
	    id: string;
	    act: string;
	
	    static createFrom(source: any = {}) {
	        return new QuarantineRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.act = source["act"];
	    }
	}
	
	export class QueueFreshness {
	    view: string;
	    completeUpTo: string;
	
	    static createFrom(source: any = {}) {
	        return new QueueFreshness(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.view = source["view"];
	        this.completeUpTo = source["completeUpTo"];
	    }
	}
	export class QueuePage {
	    view: string;
	    title: string;
	    total: number;
	    offset: number;
	    rows: TicketRow[];
	    groups: Group[];
	    pills: Pill[];
	
	    static createFrom(source: any = {}) {
	        return new QueuePage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.view = source["view"];
	        this.title = source["title"];
	        this.total = source["total"];
	        this.offset = source["offset"];
	        this.rows = this.convertValues(source["rows"], TicketRow);
	        this.groups = this.convertValues(source["groups"], Group);
	        this.pills = this.convertValues(source["pills"], Pill);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	export class Refusal {
	    id: string;
	    sentence: string;
	    code: string;
	    reason: string;
	    text: string;
	    at: string;
	
	    static createFrom(source: any = {}) {
	        return new Refusal(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.sentence = source["sentence"];
	        this.code = source["code"];
	        this.reason = source["reason"];
	        this.text = source["text"];
	        this.at = source["at"];
	    }
	}
	export class RefusalGroup {
	    key: string;
	    row: TicketRow;
	    refusals: Refusal[];
	    into: Pointer;
	    again: boolean;
	    retry: boolean;
	
	    static createFrom(source: any = {}) {
	        return new RefusalGroup(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.row = this.convertValues(source["row"], TicketRow);
	        this.refusals = this.convertValues(source["refusals"], Refusal);
	        this.into = this.convertValues(source["into"], Pointer);
	        this.again = source["again"];
	        this.retry = source["retry"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class RenewRequest {
	    id: string;
	    password: string;
	
	    static createFrom(source: any = {}) {
	        return new RenewRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.password = source["password"];
	    }
	}
	export class RequesterCard {
	    person: Person;
	    organization: string;
	    location: string;
	    phone: string;
	    vip: boolean;
	    timeZone: string;
	    open: number;
	    lastYear: number;
	
	    static createFrom(source: any = {}) {
	        return new RequesterCard(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.person = this.convertValues(source["person"], Person);
	        this.organization = source["organization"];
	        this.location = source["location"];
	        this.phone = source["phone"];
	        this.vip = source["vip"];
	        this.timeZone = source["timeZone"];
	        this.open = source["open"];
	        this.lastYear = source["lastYear"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ResolveRequest {
	    conflictId: string;
	    choice: string;
	    value: string;
	    seen: string;
	
	    static createFrom(source: any = {}) {
	        return new ResolveRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.conflictId = source["conflictId"];
	        this.choice = source["choice"];
	        this.value = source["value"];
	        this.seen = source["seen"];
	    }
	}
	export class RestingMessage {
	    id: string;
	    ticketId: string;
	    number: string;
	    kind: string;
	    to: string;
	    leftMs: number;
	    problem: string;
	
	    static createFrom(source: any = {}) {
	        return new RestingMessage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.ticketId = source["ticketId"];
	        this.number = source["number"];
	        this.kind = source["kind"];
	        this.to = source["to"];
	        this.leftMs = source["leftMs"];
	        this.problem = source["problem"];
	    }
	}
	export class RetryRequest {
	    ticketId: string;
	    messageId: string;
	
	    static createFrom(source: any = {}) {
	        return new RetryRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.messageId = source["messageId"];
	    }
	}
	export class TriedMail {
	    from: string;
	    subject: string;
	    receivedAt: string;
	    ticket: Pointer;
	    becomes: string;
	    says: string;
	
	    static createFrom(source: any = {}) {
	        return new TriedMail(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.from = source["from"];
	        this.subject = source["subject"];
	        this.receivedAt = source["receivedAt"];
	        this.ticket = this.convertValues(source["ticket"], Pointer);
	        this.becomes = source["becomes"];
	        this.says = source["says"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class RuleTrial {
	    read: number;
	    asked: number;
	    matched: number;
	    mails: TriedMail[];
	
	    static createFrom(source: any = {}) {
	        return new RuleTrial(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.read = source["read"];
	        this.asked = source["asked"];
	        this.matched = source["matched"];
	        this.mails = this.convertValues(source["mails"], TriedMail);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class RulesRequest {
	    saw: MailboxRule[];
	    rules: MailboxRule[];
	
	    static createFrom(source: any = {}) {
	        return new RulesRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.saw = this.convertValues(source["saw"], MailboxRule);
	        this.rules = this.convertValues(source["rules"], MailboxRule);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class RulesView {
	    maySave: boolean;
	    pending: boolean;
	    rules: MailboxRule[];
	    mailboxes: string[];
	
	    static createFrom(source: any = {}) {
	        return new RulesView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.maySave = source["maySave"];
	        this.pending = source["pending"];
	        this.rules = this.convertValues(source["rules"], MailboxRule);
	        this.mailboxes = source["mailboxes"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SearchRequest {
	    query: string;
	    limit: number;
	
	    static createFrom(source: any = {}) {
	        return new SearchRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.query = source["query"];
	        this.limit = source["limit"];
	    }
	}
	export class SessionState {
	    open: boolean;
	    solo: boolean;
	    workspace: string;
	    server: string;
	    user: Person;
	    readOnly: boolean;
	    version: string;
	    repaired: string;
	    preparing: string;
	    mailboxAt: string;
	    mailboxErr: string;
	    folder: string;
	
	    static createFrom(source: any = {}) {
	        return new SessionState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.open = source["open"];
	        this.solo = source["solo"];
	        this.workspace = source["workspace"];
	        this.server = source["server"];
	        this.user = this.convertValues(source["user"], Person);
	        this.readOnly = source["readOnly"];
	        this.version = source["version"];
	        this.repaired = source["repaired"];
	        this.preparing = source["preparing"];
	        this.mailboxAt = source["mailboxAt"];
	        this.mailboxErr = source["mailboxErr"];
	        this.folder = source["folder"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SidebarItem {
	    id: string;
	    label: string;
	    icon: string;
	    count: number;
	    tone: string;
	
	    static createFrom(source: any = {}) {
	        return new SidebarItem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.label = source["label"];
	        this.icon = source["icon"];
	        this.count = source["count"];
	        this.tone = source["tone"];
	    }
	}
	export class SidebarSection {
	    id: string;
	    title: string;
	    items: SidebarItem[];
	
	    static createFrom(source: any = {}) {
	        return new SidebarSection(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.items = this.convertValues(source["items"], SidebarItem);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SignInAgainRequest {
	    email: string;
	    password: string;
	
	    static createFrom(source: any = {}) {
	        return new SignInAgainRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.email = source["email"];
	        this.password = source["password"];
	    }
	}
	export class SignInRequest {
	    server: string;
	    email: string;
	    password: string;
	    device: string;
	
	    static createFrom(source: any = {}) {
	        return new SignInRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.server = source["server"];
	        this.email = source["email"];
	        this.password = source["password"];
	        this.device = source["device"];
	    }
	}
	export class SoloRequest {
	    workspace: string;
	    name: string;
	    email: string;
	    demo: boolean;
	
	    static createFrom(source: any = {}) {
	        return new SoloRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.workspace = source["workspace"];
	        this.name = source["name"];
	        this.email = source["email"];
	        this.demo = source["demo"];
	    }
	}
	export class SourceRequest {
	    messageId: string;
	    attachmentId: string;
	    offset: number;
	
	    static createFrom(source: any = {}) {
	        return new SourceRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.messageId = source["messageId"];
	        this.attachmentId = source["attachmentId"];
	        this.offset = source["offset"];
	    }
	}
	export class SourceView {
	    text: string;
	    next: number;
	    size: number;
	
	    static createFrom(source: any = {}) {
	        return new SourceView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.text = source["text"];
	        this.next = source["next"];
	        this.size = source["size"];
	    }
	}
	export class SpeakRequest {
	    ticketId: string;
	    language: string;
	
	    static createFrom(source: any = {}) {
	        return new SpeakRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.language = source["language"];
	    }
	}
	export class SplitRequest {
	    ticketId: string;
	    messageId: string;
	    kind: string;
	    title: string;
	
	    static createFrom(source: any = {}) {
	        return new SplitRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.messageId = source["messageId"];
	        this.kind = source["kind"];
	        this.title = source["title"];
	    }
	}
	
	export class SyncStatus {
	    state: string;
	    solo: boolean;
	    waiting: number;
	    held: number;
	    toDecide: number;
	    completeUpTo: string;
	    queues: QueueFreshness[];
	    catchingUp: boolean;
	    rows: number;
	    problem: string;
	    restoredAt: string;
	    shutOut: boolean;
	    nextTryAt: string;
	
	    static createFrom(source: any = {}) {
	        return new SyncStatus(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.state = source["state"];
	        this.solo = source["solo"];
	        this.waiting = source["waiting"];
	        this.held = source["held"];
	        this.toDecide = source["toDecide"];
	        this.completeUpTo = source["completeUpTo"];
	        this.queues = this.convertValues(source["queues"], QueueFreshness);
	        this.catchingUp = source["catchingUp"];
	        this.rows = source["rows"];
	        this.problem = source["problem"];
	        this.restoredAt = source["restoredAt"];
	        this.shutOut = source["shutOut"];
	        this.nextTryAt = source["nextTryAt"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class TakeRequest {
	    ticketId: string;
	    messageId: string;
	    asideId: string;
	    subject: string;
	
	    static createFrom(source: any = {}) {
	        return new TakeRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ticketId = source["ticketId"];
	        this.messageId = source["messageId"];
	        this.asideId = source["asideId"];
	        this.subject = source["subject"];
	    }
	}
	export class TemplateView {
	    id: string;
	    use: string;
	    name: string;
	    teamId: string;
	    language: string;
	    text: string;
	    retired: boolean;
	    rev: number;
	    team: string;
	    mayEdit: boolean;
	    pending: boolean;
	
	    static createFrom(source: any = {}) {
	        return new TemplateView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.use = source["use"];
	        this.name = source["name"];
	        this.teamId = source["teamId"];
	        this.language = source["language"];
	        this.text = source["text"];
	        this.retired = source["retired"];
	        this.rev = source["rev"];
	        this.team = source["team"];
	        this.mayEdit = source["mayEdit"];
	        this.pending = source["pending"];
	    }
	}
	export class TemplateList {
	    templates: TemplateView[];
	    variables: string[];
	    teams: Option[];
	
	    static createFrom(source: any = {}) {
	        return new TemplateList(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.templates = this.convertValues(source["templates"], TemplateView);
	        this.variables = source["variables"];
	        this.teams = this.convertValues(source["teams"], Option);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	export class TimeLine {
	    id: string;
	    person: Person;
	    minutes: number;
	    note: string;
	    at: string;
	    pending: boolean;
	
	    static createFrom(source: any = {}) {
	        return new TimeLine(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.person = this.convertValues(source["person"], Person);
	        this.minutes = source["minutes"];
	        this.note = source["note"];
	        this.at = source["at"];
	        this.pending = source["pending"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class TicketView {
	    row: TicketRow;
	    description: string;
	    source: string;
	    category: string;
	    serviceId: string;
	    service: string;
	    impact: number;
	    urgency: number;
	    resolutionCode: string;
	    resolutionNotes: string;
	    labels: string[];
	    watchers: Person[];
	    pendingFields: string[];
	    requester: RequesterCard;
	    thread: Entry[];
	    lastPublic: string;
	    moves: Move[];
	    mayEdit: boolean;
	    drafts: Draft[];
	    asides: AsideView[];
	    conflicts: Clash[];
	    checklist: ChecklistItem[];
	    timeLog: TimeLine[];
	    timeSpent: number;
	    actualStart: string;
	    actualEnd: string;
	    meterReading: string;
	    mergedInto: Pointer;
	    kept: boolean;
	    orphan: boolean;
	
	    static createFrom(source: any = {}) {
	        return new TicketView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.row = this.convertValues(source["row"], TicketRow);
	        this.description = source["description"];
	        this.source = source["source"];
	        this.category = source["category"];
	        this.serviceId = source["serviceId"];
	        this.service = source["service"];
	        this.impact = source["impact"];
	        this.urgency = source["urgency"];
	        this.resolutionCode = source["resolutionCode"];
	        this.resolutionNotes = source["resolutionNotes"];
	        this.labels = source["labels"];
	        this.watchers = this.convertValues(source["watchers"], Person);
	        this.pendingFields = source["pendingFields"];
	        this.requester = this.convertValues(source["requester"], RequesterCard);
	        this.thread = this.convertValues(source["thread"], Entry);
	        this.lastPublic = source["lastPublic"];
	        this.moves = this.convertValues(source["moves"], Move);
	        this.mayEdit = source["mayEdit"];
	        this.drafts = this.convertValues(source["drafts"], Draft);
	        this.asides = this.convertValues(source["asides"], AsideView);
	        this.conflicts = this.convertValues(source["conflicts"], Clash);
	        this.checklist = this.convertValues(source["checklist"], ChecklistItem);
	        this.timeLog = this.convertValues(source["timeLog"], TimeLine);
	        this.timeSpent = source["timeSpent"];
	        this.actualStart = source["actualStart"];
	        this.actualEnd = source["actualEnd"];
	        this.meterReading = source["meterReading"];
	        this.mergedInto = this.convertValues(source["mergedInto"], Pointer);
	        this.kept = source["kept"];
	        this.orphan = source["orphan"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class TrayView {
	    clashes: ClashGroup[];
	    held: HeldReply[];
	    refusals: RefusalGroup[];
	
	    static createFrom(source: any = {}) {
	        return new TrayView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.clashes = this.convertValues(source["clashes"], ClashGroup);
	        this.held = this.convertValues(source["held"], HeldReply);
	        this.refusals = this.convertValues(source["refusals"], RefusalGroup);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class WantRequest {
	    bucket: string;
	    wanted: boolean;
	
	    static createFrom(source: any = {}) {
	        return new WantRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.bucket = source["bucket"];
	        this.wanted = source["wanted"];
	    }
	}

}

