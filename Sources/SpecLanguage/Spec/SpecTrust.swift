import Diagnostics

/// What of a spec with mistakes can be relied on, so that the data can be looked at too and no mistake is told twice in other words.
public struct SpecTrust: Sendable {
    private let root: Resolved
    /// The places of the mistakes, first and second ones.
    private let mistakes: [SourceRange]
    /// With more mistakes than are shown, nobody misses those of the data.
    private static let limit = 50

    init(root: Resolved, mistakes: [Diagnostic]) {
        let errors = mistakes.filter { $0.severity == .error }
        self.root = root
        self.mistakes = errors.flatMap { [$0.range].compactMap { $0 } + $0.related.map(\.range) }
        isLost = errors.count > Self.limit
    }

    private let isLost: Bool

    /// Whether a setting was read, or its absence is what the spec says; another setting may contradict it.
    public func isRead(_ path: String...) -> Bool { !isLost && root.isKnown(at: path) }

    /// Whether no mistake has to do with a setting: it was read, and none was told about it or anything inside it.
    public func holds(_ path: String...) -> Bool {
        guard !isLost, root.isKnown(at: path) else { return false }
        var value = root
        for name in path {
            guard let inner = value[name] else { return true }
            value = inner
        }
        return isClean(value)
    }

    private func isClean(_ value: Resolved) -> Bool {
        if let place = value.range, mistakes.contains(where: { meets($0, place) }) { return false }
        switch value.content {
        case .list(let items): return items.allSatisfy(isClean)
        case .record(let members): return members.allSatisfy { isClean($0.value) }
        case .kind(_, let inner): return isClean(inner)
        case .map(let entries): return entries.allSatisfy { isClean($0.key) && isClean($0.value) }
        default: return true
        }
    }

    private func meets(_ a: SourceRange, _ b: SourceRange) -> Bool {
        a.file === b.file && a.lower < max(b.upper, b.lower + 1) && b.lower < max(a.upper, a.lower + 1)
    }
}
