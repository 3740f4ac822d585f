import Datasets
import Diagnostics
import Foundation
import SpecLanguage
import Testing
import Training

/// The learning-rate range test where its course can be computed by hand.
@Suite struct RateSweepTests {
    /// y = 3 x + noise over x of mean square 1: with one weight the loss is a parabola, and a step of rate r multiplies the weight's distance from
    /// the bottom by 1 - 2 r. It comes nearer below a rate of 1 and goes away above.
    private static let x = [1.0, -1, 0.5, -0.5, 1.25, -1.25, 1.17260393995585725]
    private static let noise = [0.25, -0.5, 0.125, 0.5, -0.25, 0.375, -0.125]
    private static var y: [Double] { zip(x, noise).map { 3 * $0 + $1 } }

    private static func trainer(_ training: String, threads: Int = 1, in folder: String) throws -> Trainer {
        let rows = zip(x, y).map { "\($0),\($1)" }.joined(separator: "\n")
        try "x,y\n\(rows)\n".write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
        let text = """
            nnspec: 1
            task: regression
            data: {path: data.csv, target: y, split: none, normalize: none}
            model: {layers: [dense: {units: 1, bias: false}], initializer: zeros}
            optimizer: {type: sgd, learning_rate: 0.1}
            training: {precision: float64, shuffle: false, \(training)}
            """
        try text.write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
        let sink = DiagnosticSink()
        let document = try SpecReader.read(path: folder + "/spec.yaml", sink: sink)
        let setup = try TrainingSetup(document.spec, try DataPreparation.prepare(document.spec, sink: sink), sink: sink)
        return try Trainer(setup, initial: nil, threads: threads, sink: sink)
    }

    private static func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nnspec-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test func ratesRiseByTheSameFactor() {
        let range = RateRange(from: 1e-5, to: 10, steps: 61)
        #expect(range.rate(0) == 1e-5 && range.rate(60) == 10)
        for step in 0...6 {
            let wanted = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10][step]
            #expect((range.rate(step * 10) / wanted - 1).magnitude < 1e-13)
        }
        #expect((1..<61).allSatisfy { range.rate($0) > range.rate($0 - 1) })
        let two = RateRange(from: 0.5, to: 2, steps: 2)
        #expect(two.rate(0) == 0.5 && two.rate(1) == 2)
    }

    /// Loss and smoothed loss of every step against the recursion in Double; the loss falls as long as the rate is below the threshold.
    ///
    /// So few steps that the weight stays far from the bottom: what is left then is no rounding error, which later steps would make large.
    @Test func aParabolaIsFollowedExactly() throws {
        try Self.withFolder { folder in
            let range = RateRange(from: 0.05, to: 20, steps: 25)
            let sweep = try Self.trainer("batch_size: full", in: folder).sweep(range)
            let n = Double(Self.x.count)
            let square = Self.x.reduce(0) { $0 + $1 * $1 } / n
            let bottom = zip(Self.x, Self.y).reduce(0) { $0 + $1.0 * $1.1 } / n / square
            let floor = zip(Self.x, Self.y).reduce(0) { $0 + ($1.1 - bottom * $1.0) * ($1.1 - bottom * $1.0) } / n
            #expect((square - 1).magnitude < 1e-12)
            var (weight, mean, share, lowest) = (0.0, 0.0, 1.0, Double.infinity)
            for (step, point) in sweep.points.enumerated() {
                let loss = floor + square * (weight - bottom) * (weight - bottom)
                mean = 0.95 * mean + 0.05 * loss
                share *= 0.95
                #expect((point.loss / loss - 1).magnitude < 1e-10, "step \(step)")
                #expect((point.smoothed / (mean / (1 - share)) - 1).magnitude < 1e-10, "step \(step)")
                #expect(point.rate == range.rate(step))
                // It ends at the first that is four times the lowest, and not before.
                #expect((point.smoothed > 4 * lowest) == (step == sweep.points.count - 1))
                lowest = min(lowest, point.smoothed)
                weight -= point.rate * 2 * square * (weight - bottom)
            }
            #expect(sweep.end == .rose && sweep.points.count < 25)
            let last = try #require(sweep.points.last)
            #expect(last.rate > 1)
            for (before, after) in zip(sweep.points, sweep.points.dropFirst()) where before.rate < 1 {
                #expect(after.loss <= before.loss * (1 + 1e-12))
            }
            let suggestion = try #require(sweep.suggestion)
            #expect(suggestion < 1 && suggestion > 0.01, "\(suggestion)")
        }
    }

    /// Above the threshold from the start there is nothing to suggest, below it to the end the sweep goes all the way.
    @Test func onlyOneSideOfTheThreshold() throws {
        try Self.withFolder { folder in
            let above = try Self.trainer("batch_size: full", in: folder).sweep(RateRange(from: 2, to: 20, steps: 50))
            #expect(above.end == .rose && above.suggestion == nil && above.lowest == 0)
            let below = try Self.trainer("batch_size: full", in: folder).sweep(RateRange(from: 1e-3, to: 0.1, steps: 50))
            #expect(below.end == .largestRate && below.points.count == 50 && below.lowest == 49 && below.suggestion == 0.01)
            let flat = try Self.trainer("batch_size: full", in: folder).sweep(RateRange(from: 1e-12, to: 1e-11, steps: 50))
            #expect(flat.end == .largestRate && flat.suggestion == nil)
        }
    }

    private static func sweep(_ loss: (Int) -> Double, steps: Int = 100) -> RateSweep {
        let range = RateRange(from: 1e-7, to: 10, steps: steps)
        var sweep = RateSweep(steps: steps)
        for step in 0..<steps where !sweep.add(loss(step), at: range.rate(step)) { break }
        return sweep
    }

    /// The lowest of the levelled losses is where the losses are lowest, without a lag; a dead plateau behind a blow-up counts for nothing.
    @Test func theLowestIsTheFirstDip() {
        func valley(_ step: Int, at place: Int) -> Double { 1 + Double((step - place) * (step - place)) / 100 }
        for place in [30, 50, 70] { #expect(Self.sweep { valley($0, at: place) }.lowest == place) }
        let dead = Self.sweep { step in step < 60 ? 10 - 0.15 * Double(step) : step < 75 ? 8 : 2 }
        #expect(dead.points.count == 100 && (40..<60).contains(dead.lowest ?? 0), "\(dead.lowest ?? -1)")
        // Noise before the fall is no dip.
        let noisy = Self.sweep { step in step < 50 ? 10 + Double(step % 7) / 3 : 10 - 0.2 * Double(step - 50) }
        #expect(noisy.lowest == 99)
        #expect(Self.sweep({ _ in 1 }).suggestion == nil && Self.sweep({ 1 + Double($0) / 100 }).suggestion == nil)
        #expect(Self.sweep { valley($0, at: 50) }.suggestion == RateSweep.rounded(RateRange(from: 1e-7, to: 10, steps: 100).rate(50) / 10))
    }

    /// A rate so high that numbers leave their range: the step of the first loss that is not finite is no point.
    @Test func lossesThatAreNotFiniteEndIt() throws {
        try Self.withFolder { folder in
            let sweep = try Self.trainer("batch_size: full, gradient_clip: {value: 1e300}", in: folder).sweep(
                RateRange(from: 1e5, to: 1e6, steps: 10))
            #expect(sweep.points.allSatisfy { $0.loss.isFinite && $0.smoothed.isFinite })
            #expect(sweep.end == .rose)
            var odd = RateSweep(steps: 10)
            let (goesOn, ends) = (odd.add(1, at: 0.1), !odd.add(.infinity, at: 0.2))
            #expect(goesOn && ends)
            #expect(odd.end == .notFinite(rate: 0.2) && odd.points.count == 1)
        }
    }

    /// Batches come as in a training: in the order of its epochs, a short last one kept or dropped as the spec says.
    @Test func batchesAreThoseOfATraining() throws {
        try Self.withFolder { folder in
            let range = RateRange(from: 1e-9, to: 2e-9, steps: 10)
            // The weight hardly moves: each loss is that of the batch's targets.
            func losses(_ rows: [[Int]]) -> [Double] { rows.map { rows in rows.reduce(0) { $0 + Self.y[$1] * Self.y[$1] } / Double(rows.count) } }
            let kept = try Self.trainer("batch_size: 3", in: folder).sweep(range)
            let keptRows = losses((0..<10).map { [[0, 1, 2], [3, 4, 5], [6]][$0 % 3] })
            expectClose(kept.points.map(\.loss), keptRows, 1e-6, "kept")
            let dropped = try Self.trainer("batch_size: 3, last_batch: drop", in: folder).sweep(range)
            expectClose(dropped.points.map(\.loss), losses((0..<10).map { [[0, 1, 2], [3, 4, 5]][$0 % 2] }), 1e-6, "dropped")
        }
    }

    @Test func suggestionsHaveOneDigit() {
        for (value, wanted) in [(0.0123, 0.01), (0.0189, 0.02), (9.6e-4, 1e-3), (1, 1), (0.36, 0.4), (42, 40), (1.2e-9, 1e-9)] as [(Double, Double)] {
            #expect(RateSweep.rounded(value) == wanted)
        }
    }
}
