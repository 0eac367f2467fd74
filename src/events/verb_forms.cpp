#include "events/verb_forms.hpp"

#include <algorithm>
#include <initializer_list>

namespace isnad::events {

namespace {

constexpr std::string_view alef = "ا", waw = "و", ya = "ي", ta = "ت", nun = "ن", sin = "س";
constexpr std::size_t letter = alef.size(); // every Arabic letter is two bytes of UTF-8

struct readings {
    std::vector<verb_reading> all;

    void add(std::string key, bool first_person) {
        if (key.size() < 2 * letter)
            return;
        const bool known = std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.key == key; });
        if (!known)
            all.push_back({std::move(key), first_person});
    }
};

/// A weak letter in the middle of an imperfect is ا in the lemma: يستقيل, استقال.
std::string hollow(std::string_view stem) {
    if (stem.size() < 3 * letter)
        return {};
    const auto middle = stem.substr(stem.size() - 2 * letter, letter);
    if (middle != ya && middle != waw)
        return {};
    return std::string(stem.substr(0, stem.size() - 2 * letter)) + std::string(alef) +
           std::string(stem.substr(stem.size() - letter));
}

void perfect(std::string_view form, readings& out) {
    struct ending {
        std::string_view letters;
        bool first_person, weak; ///< weak: a last ى falls out before it (نفت, قضوا)
    };
    constexpr ending endings[] = {{"", false, false},  {"تا", false, true}, {"ت", false, true},  {"وا", false, true},
                                  {"نا", true, false}, {"ا", false, false}, {"تم", false, false}};
    for (const auto& end : endings) {
        if (!form.ends_with(end.letters))
            continue;
        const auto stem = form.substr(0, form.size() - end.letters.size());
        out.add(std::string(stem), end.first_person);
        if (end.weak) {
            out.add(std::string(stem) + std::string(ya), false);
            out.add(std::string(stem) + std::string(alef), false);
        }
    }
    if (form.ends_with(alef)) // نفا for نفى
        out.add(std::string(form.substr(0, form.size() - letter)) + std::string(ya), false);
}

void imperfect(std::string_view form, readings& out) {
    if (form.size() < 3 * letter)
        return;
    const auto prefix = form.substr(0, letter);
    if (prefix != ya && prefix != ta && prefix != nun && prefix != alef)
        return;
    const bool first_person = prefix == nun || prefix == alef;
    const auto rest = form.substr(letter);
    for (const std::string_view end : {"", "ون", "ان", "وا", "ين", "ن"}) {
        if (!rest.ends_with(end) || (first_person && !end.empty()))
            continue;
        const std::string stem(rest.substr(0, rest.size() - end.size()));
        const bool weak = stem.ends_with(waw) || stem.ends_with(ya);
        const auto tail = stem.substr(0, stem.size() - std::min(stem.size(), letter));
        for (const auto& lemma :
             {stem, hollow(stem), weak ? tail + std::string(alef) : std::string(),
              weak ? tail + std::string(ya) : std::string(), end.empty() ? std::string() : stem + std::string(ya)})
            out.add(lemma, first_person);
        // The forms that begin with a hamza or alef in the perfect: ينسحب, يعلن; its seat: يؤكد.
        for (const auto& lemma : {stem, hollow(stem), weak ? tail + std::string(ya) : std::string()})
            if (!lemma.empty())
                out.add(std::string(alef) + lemma, first_person);
        if (stem.starts_with(waw))
            out.add(std::string(alef) + stem.substr(letter), first_person);
    }
}

} // namespace

std::vector<verb_reading> lemmas_of_perfect(std::string_view folded) {
    readings out;
    perfect(folded, out);
    return std::move(out.all);
}

std::vector<verb_reading> possible_lemmas(std::string_view folded) {
    readings out;
    perfect(folded, out);
    imperfect(folded, out);
    if (folded.starts_with(sin) && folded.size() > 4 * letter)
        imperfect(folded.substr(letter), out);
    return std::move(out.all);
}

} // namespace isnad::events
