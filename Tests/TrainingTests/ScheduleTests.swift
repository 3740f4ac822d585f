import Execution
import Foundation
import SpecLanguage
import Testing
import Training

/// The cases of Tests/Fixtures/schedules.json: the rate of every epoch against PyTorch's schedulers.
@Suite struct ScheduleTests {
    struct Fixture: Decodable {
        struct Case: Decodable, Sendable {
            let schedule: [String: [String: Double]]
            let learning_rate: Double
            let epochs: Int
            let rates: [Double]
            let values: [Double]?
            let higher_is_better: Bool?
        }
        let cases: [Case]
    }

    static let cases: [Fixture.Case] = {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Fixtures/schedules.json")
        guard let data = try? Data(contentsOf: url), let fixture = try? JSONDecoder().decode(Fixture.self, from: data) else {
            preconditionFailure("no fixture at \(url.path)")
        }
        return fixture.cases
    }()

    /// The fixture's words with the language's defaults.
    private func spec(_ item: Fixture.Case) throws -> ScheduleSpec {
        let (name, settings) = try #require(item.schedule.first)
        func number(_ name: String, _ standard: Double) -> Double { settings[name] ?? standard }
        let kind: ScheduleSpec.Kind =
            switch name {
            case "constant": .constant
            case "step": .step(every: Int(number("every", 0)), factor: number("factor", 0.1))
            case "exponential": .exponential(factor: number("factor", 0))
            case "cosine": .cosine(minimum: number("minimum", 0))
            case "linear": .linear(final: number("final", 0))
            case "one_cycle":
                .oneCycle(
                    .init(
                        pctStart: number("pct_start", 0.3), divFactor: number("div_factor", 25), finalDivFactor: number("final_div_factor", 10_000)))
            case "reduce_on_plateau":
                .reduceOnPlateau(
                    .init(
                        factor: number("factor", 0.1), patience: Int(number("patience", 10)), monitor: Sourced("validation.loss"),
                        threshold: number("threshold", 1e-4), cooldown: Int(number("cooldown", 0)), minimum: number("minimum", 0)))
            default: try #require(nil, "unknown schedule \(name)")
            }
        return ScheduleSpec(kind, warmupEpochs: Int(number("warmup_epochs", 0)))
    }

    @Test func everyScheduleIsCompared() {
        let names = Set(Self.cases.flatMap(\.schedule.keys))
        #expect(names == ["constant", "step", "exponential", "cosine", "linear", "one_cycle", "reduce_on_plateau"])
        #expect(Self.cases.count == 25 && Self.cases.allSatisfy { $0.rates.count == $0.epochs })
    }

    @Test(arguments: cases.indices) func equalsPyTorch(_ number: Int) throws {
        let item = Self.cases[number]
        let schedule = LearningRateSchedule(try spec(item), base: item.learning_rate, epochs: item.epochs)
        var plateau = schedule.start
        for epoch in 1...item.epochs {
            let rate = schedule.rate(epoch: epoch, plateau: plateau)
            let wanted = item.rates[epoch - 1]
            #expect(
                rate.isFinite && (rate - wanted).magnitude <= 1e-12 * item.learning_rate, "\(item.schedule), epoch \(epoch): \(rate), want \(wanted)")
            if let values = item.values {
                schedule.epochDidEnd(epoch, value: values[epoch - 1], higherIsBetter: item.higher_is_better ?? false, plateau: &plateau)
            }
        }
    }

    /// But for a plateau the rate is a function of the epoch alone: asked in any order, the same bits.
    @Test(arguments: cases.indices) func itDoesNotMatterWhatWasAskedBefore(_ number: Int) throws {
        let item = Self.cases[number]
        guard item.values == nil else { return }
        let schedule = LearningRateSchedule(try spec(item), base: item.learning_rate, epochs: item.epochs)
        let straight = (1...item.epochs).map { schedule.rate(epoch: $0, plateau: schedule.start) }
        let backwards = (1...item.epochs).reversed().map { schedule.rate(epoch: $0, plateau: schedule.start) }
        #expect(straight == backwards.reversed() && straight.allSatisfy { $0 > 0 })
    }

    /// An undefined value is no improvement.
    @Test func anUndefinedValueCountsAgainstAPlateau() {
        let rule = ScheduleSpec.ReduceOnPlateau(
            factor: 0.5, patience: 1, monitor: Sourced("validation.auc_roc"), threshold: 0, cooldown: 0, minimum: 0)
        let schedule = LearningRateSchedule(ScheduleSpec(.reduceOnPlateau(rule)), base: 1, epochs: 4)
        var plateau = schedule.start
        let rates = [0.5, nil, nil, 0.6].enumerated().map { index, value -> Double in
            schedule.epochDidEnd(index + 1, value: value, higherIsBetter: true, plateau: &plateau)
            return plateau.rate
        }
        #expect(rates == [1, 1, 0.5, 0.5])
    }

    @Test func theCosine() {
        #expect([0, 0.5, 1].map(Elementary.cosineOfHalfTurns) == [1, 0, -1])
        for k in 0...1000 {
            let x = Double(k) / 1000
            #expect((Elementary.cosineOfHalfTurns(x) - cos(Double.pi * x)).magnitude <= 4e-16, "\(x)")
        }
    }
}
