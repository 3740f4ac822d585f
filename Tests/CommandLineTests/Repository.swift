import Foundation

/// The checkout these tests were built from.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// The names of the specs in specs/, without the ending.
    static let specs: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: root + "/specs")) ?? [])
        .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
}
