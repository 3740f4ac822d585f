import CLibYAML
import Diagnostics

/// Reads YAML by libyaml's events into nodes. Limits: depth 64, 100,000 nodes after alias expansion.
///
/// Errors: every mistake that is not YAML 1.2 without tags, one document, unique keys; each with its place.
struct YAMLReader {
    static let maximumDepth = 64
    static let maximumNodes = 100_000

    /// The one document of a text. Throws when nothing can be made of it; other mistakes are emitted and the rest is read.
    static func read(_ file: SourceFile, from start: Int? = nil, sink: DiagnosticSink) throws(Stopped) -> YAMLNode {
        let events = try EventStream(file, from: start, sink: sink)
        var reader = YAMLReader(file: file, events: events, sink: sink)
        return try reader.document()
    }

    private struct Anchored {
        let node: YAMLNode
        let nodes: Int
        let depth: Int
    }

    private let file: SourceFile
    private let events: EventStream
    private let sink: DiagnosticSink
    private var anchors: [String: Anchored] = [:]
    private var open: Set<String> = []
    private var count = 0
    private var usesAliases = false

    private init(file: SourceFile, events: EventStream, sink: DiagnosticSink) {
        self.file = file
        self.events = events
        self.sink = sink
    }

    private mutating func document() throws(Stopped) -> YAMLNode {
        _ = try events.next()
        guard try events.next().kind == .documentStart else { throw sink.fail(.emptyDocument(file)) }
        let root = try node(try events.next(), depth: 1).node
        _ = try events.next()
        let after = try events.next()
        if after.kind == .documentStart { throw sink.fail(.secondDocument(after.range)) }
        return root
    }

    /// A node from its first event, with its depth below.
    private mutating func node(_ event: YAMLEvent, depth: Int) throws(Stopped) -> (node: YAMLNode, depth: Int) {
        if depth > Self.maximumDepth { throw sink.fail(.tooDeep(event.range)) }
        if case .alias(let name) = event.kind { return try alias(name, event, depth: depth) }
        try add(1, event)
        let start = count
        if let tag = event.tag { sink.emit(.tag(tag, event.range)) }
        if let anchor = event.anchor { open.insert(anchor) }
        let result: (node: YAMLNode, depth: Int)
        switch event.kind {
        case .scalar(let text, let isPlain): result = (YAMLNode(.scalar(text: text, isPlain: isPlain), event.range), 1)
        case .sequenceStart: result = try sequence(event, depth: depth)
        case .mappingStart: result = try mapping(event, depth: depth)
        default: throw sink.fail(.emptyDocument(file))
        }
        if let anchor = event.anchor {
            open.remove(anchor)
            anchors[anchor] = Anchored(node: result.node, nodes: count - start + 1, depth: result.depth)
        }
        return result
    }

    private mutating func alias(_ name: String, _ event: YAMLEvent, depth: Int) throws(Stopped) -> (node: YAMLNode, depth: Int) {
        if open.contains(name) { throw sink.fail(.selfReference(name, event.range)) }
        guard let anchored = anchors[name] else { throw sink.fail(.unknownAlias(name, event.range, known: anchors.keys.sorted())) }
        usesAliases = true
        if depth + anchored.depth - 1 > Self.maximumDepth { throw sink.fail(.tooDeep(event.range)) }
        try add(anchored.nodes, event)
        return (anchored.node, anchored.depth)
    }

    private mutating func add(_ nodes: Int, _ event: YAMLEvent) throws(Stopped) {
        count += nodes
        if count > Self.maximumNodes { throw sink.fail(.tooManyNodes(event.range, aliases: usesAliases)) }
    }

    private mutating func sequence(_ start: YAMLEvent, depth: Int) throws(Stopped) -> (node: YAMLNode, depth: Int) {
        var items: [YAMLNode] = []
        var below = 0
        while true {
            let event = try events.next()
            if event.kind == .sequenceEnd { return (YAMLNode(.sequence(items), extent(start, items.last, event)), below + 1) }
            let item = try node(event, depth: depth + 1)
            items.append(item.node)
            below = max(below, item.depth)
        }
    }

    private mutating func mapping(_ start: YAMLEvent, depth: Int) throws(Stopped) -> (node: YAMLNode, depth: Int) {
        var entries: [YAMLEntry] = []
        var seen: [String: YAMLNode] = [:]
        var below = 0
        while true {
            let event = try events.next()
            if event.kind == .mappingEnd { return (YAMLNode(.mapping(entries), extent(start, entries.last?.value, event)), below + 1) }
            let key = try node(event, depth: depth + 1).node
            let value = try node(try events.next(), depth: depth + 1)
            below = max(below, value.depth)
            guard let name = key.text else {
                sink.emit(.keyIsNoText(key.range))
                continue
            }
            if key.plainText == "<<" {
                sink.emit(.mergeKey(key.range))
            } else if let first = seen[name] {
                let areMappings = value.node.entries != nil && entries.first { $0.name == name }?.value.entries != nil
                sink.emit(.duplicateKey(name, key.range, first: first.range, areMappings: areMappings))
            } else {
                seen[name] = key
                entries.append(YAMLEntry(key: key, value: value.node))
            }
        }
    }

    /// A block collection ends where its last child does; a flow collection at its bracket.
    private func extent(_ start: YAMLEvent, _ last: YAMLNode?, _ end: YAMLEvent) -> SourceRange {
        let upper =
            start.isFlow
            ? end.range.upper : last.map { $0.range.file === file ? max($0.range.upper, start.range.lower) : start.range.upper } ?? start.range.upper
        return SourceRange(file, start.range.lower, upper)
    }
}
