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
        if let found = UnclearLineEnd.first(in: file) { throw sink.fail(.unclearLineEnd(found)) }
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
    private var unknownAliases = 0

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
        // What follows the document is not read, so what is wrong there is told, and the document itself is looked at.
        if let after = try? events.next(), after.kind == .documentStart { sink.emit(.secondDocument(after.range)) }
        return root
    }

    /// A node as it stands here: an alias is its anchor's node, which has the place of the anchor.
    private struct Reading {
        let node: YAMLNode
        /// Of itself and all below it.
        let depth: Int
        /// Where the text of this use of it ends.
        let upper: Int
    }

    /// A node from its first event.
    private mutating func node(_ event: YAMLEvent, depth: Int) throws(Stopped) -> Reading {
        if depth > Self.maximumDepth { throw sink.fail(.tooDeep(event.range)) }
        if case .alias(let name) = event.kind { return try alias(name, event, depth: depth) }
        try add(1, event)
        let start = count
        if let tag = event.tag { sink.emit(.tag(tag)) }
        if let anchor = event.anchor { open.insert(anchor) }
        let result: Reading
        switch event.kind {
        case .scalar(let text, let isPlain):
            result = Reading(node: YAMLNode(.scalar(text: text, isPlain: isPlain), event.range), depth: 1, upper: event.range.upper)
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

    /// An alias that stands for nothing is told of and leaves a hole.
    private mutating func alias(_ name: String, _ event: YAMLEvent, depth: Int) throws(Stopped) -> Reading {
        let isOpen = open.contains(name)
        guard let anchored = anchors[name], !isOpen else {
            try add(1, event)
            unknownAliases += 1
            // Spelling help among thousands of names, for each of thousands of aliases, would take minutes.
            let known = unknownAliases > 20 || anchors.count > 1000 ? [] : anchors.keys.sorted()
            sink.emit(isOpen ? .selfReference(name, event.range) : .unknownAlias(name, event.range, known: known))
            return Reading(node: .hole(event.range), depth: 1, upper: event.range.upper)
        }
        usesAliases = true
        if depth + anchored.depth - 1 > Self.maximumDepth { throw sink.fail(.tooDeep(event.range)) }
        try add(anchored.nodes, event)
        return Reading(node: anchored.node, depth: anchored.depth, upper: event.range.upper)
    }

    private mutating func add(_ nodes: Int, _ event: YAMLEvent) throws(Stopped) {
        count += nodes
        if count > Self.maximumNodes { throw sink.fail(.tooManyNodes(event.range, aliases: usesAliases)) }
    }

    private mutating func sequence(_ start: YAMLEvent, depth: Int) throws(Stopped) -> Reading {
        var items: [YAMLNode] = []
        var below = 0
        var upper = start.range.upper
        while true {
            let event = try events.next()
            if event.kind == .sequenceEnd {
                let range = extent(start, upper, event)
                return Reading(node: YAMLNode(.sequence(items), range), depth: below + 1, upper: range.upper)
            }
            let item = try node(event, depth: depth + 1)
            items.append(item.node)
            below = max(below, item.depth)
            upper = item.upper
        }
    }

    private mutating func mapping(_ start: YAMLEvent, depth: Int) throws(Stopped) -> Reading {
        var entries: [YAMLEntry] = []
        var places: [String: Int] = [:]
        var isDamaged = false
        var below = 0
        var upper = start.range.upper
        while true {
            let event = try events.next()
            if event.kind == .mappingEnd {
                let range = extent(start, upper, event)
                var mapping = YAMLNode(.mapping(entries), range)
                mapping.isDamaged = isDamaged
                return Reading(node: mapping, depth: below + 1, upper: range.upper)
            }
            let key = try node(event, depth: depth + 1)
            let value = try node(try events.next(), depth: depth + 1)
            below = max(below, key.depth, value.depth)
            upper = max(key.upper, value.upper)
            if let name = key.node.text, key.node.plainText != "<<", !key.node.isDamaged {
                if let first = places[name].map({ entries[$0] }) {
                    let areMappings = value.node.entries != nil && first.value.entries != nil
                    sink.emit(.duplicateKey(name, key.node.range, first: first.key.range, areMappings: areMappings))
                } else {
                    places[name] = entries.count
                    entries.append(YAMLEntry(key: key.node, value: value.node))
                }
                continue
            }
            isDamaged = true
            if key.node.text == nil { sink.emit(.keyIsNoText(key.node)) } else if !key.node.isDamaged { sink.emit(.mergeKey(key.node.range)) }
        }
    }

    /// A block collection ends where its last child does; a flow collection at its bracket.
    private func extent(_ start: YAMLEvent, _ last: Int, _ end: YAMLEvent) -> SourceRange {
        SourceRange(file, start.range.lower, start.isFlow ? end.range.upper : max(last, start.range.lower))
    }
}
