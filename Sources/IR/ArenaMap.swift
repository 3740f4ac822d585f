extension Plan {
    /// The arena as a picture: a line for each buffer by its place, a column for each instruction (several where the tape is long), `#` while the
    /// buffer lives. Buffers above each other at the same offset share bytes.
    public var arenaMap: String {
        let rows = buffers.filter { $0.region == .arena }.sorted { ($0.offset, $0.live.lowerBound) < ($1.offset, $1.live.lowerBound) }
        let count = max(instructions.count, 1)
        let perColumn = (count + 71) / 72
        let columns = (count + perColumn - 1) / perColumn
        let digits = max("\(byteCount(.arena))".count, "offset".count)
        func right(_ text: String) -> String { String(repeating: " ", count: max(0, digits - text.count)) + text }
        var lines = ["arena: \(byteCount(.arena)) bytes for \(unsharedArenaByteCount) bytes of values, shared by liveness"]
        let step = perColumn == 1 ? "one instruction" : "\(perColumn) instructions"
        lines.append(right("offset") + "  " + right("bytes") + "  instructions 0 to \(count - 1), \(step) a column")
        for buffer in rows {
            let life = (0..<columns).map { column in
                buffer.live.overlaps(column * perColumn...column * perColumn + perColumn - 1) ? "#" : "."
            }.joined()
            lines.append(right("\(buffer.offset)") + "  " + right("\(buffer.byteCount)") + "  \(life)  \(buffer.name)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
