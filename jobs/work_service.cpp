#include "jobs/work_service.hpp"

#include "jobs/journal_json.hpp"

#include <string>
#include <thread>

namespace bramble {
namespace {

using nlohmann::json;

enum MessageTag { request_tag = 1, reply_tag = 2 };

std::string to_text(const WorkRequest& request) {
  json object = {{"stop", request.stop}};
  if (request.outcome) {
    object["outcome"] = to_json_line(*request.outcome);
  }
  return object.dump();
}

WorkRequest request_from(const std::string& text) {
  const json object = json::parse(text);
  WorkRequest request{.outcome = std::nullopt, .stop = object.at("stop")};
  if (object.contains("outcome")) {
    request.outcome = journal_line_from_json(object.at("outcome"));
  }
  return request;
}

// A reply names a stack or field by its place in the manifest; it is empty at the end.
std::string to_text(const WorkReply& reply, const std::vector<WorkItem>& items) {
  if (!reply.item) {
    return {};
  }
  const WorkItem& item = items.at(*reply.item);
  return json{{"kind", item.kind}, {"index", item.index}}.dump();
}

std::optional<WorkItem> item_from(const std::string& text) {
  if (text.empty()) {
    return std::nullopt;
  }
  const json object = json::parse(text);
  return WorkItem{.kind = object.at("kind"), .index = object.at("index"), .cost = 0, .after = {}};
}

void send_all(const Communicator& ranks, const std::vector<WorkReply>& replies,
              const std::vector<WorkItem>& items) {
  for (const WorkReply& reply : replies) {
    ranks.send(reply.worker, reply_tag, to_text(reply, items));
  }
}

// Answers until every worker has been told the end.
void answer_requests(const Communicator& ranks, const std::vector<WorkItem>& items,
                     Dispatcher& dispatcher, const std::function<bool()>& stop_requested) {
  bool stopped = false;
  while (!dispatcher.finished()) {
    const auto message = ranks.receive(request_tag, [&] { return stopped || !stop_requested(); });
    if (message) {
      send_all(ranks, dispatcher.handle(message->from, request_from(message->text)), items);
    } else {
      stopped = true;
      send_all(ranks, dispatcher.stop(), items);
    }
  }
}

using Exchange = std::function<std::optional<WorkItem>(const WorkRequest&)>;

void work_until_dismissed(const WorkFunction& work, const Exchange& ask,
                          const std::function<bool()>& stop_requested) {
  WorkRequest request{.outcome = std::nullopt, .stop = stop_requested()};
  while (const std::optional<WorkItem> item = ask(request)) {
    request.outcome = work(*item);
    request.stop = stop_requested();
  }
}

std::optional<WorkItem> ask_rank_0(const Communicator& ranks, const WorkRequest& request) {
  ranks.send(0, request_tag, to_text(request));
  return item_from(ranks.receive(reply_tag, [] { return true; })->text);
}

std::size_t share_among_ranks(const MpiSession& session, const std::vector<WorkItem>& items,
                              const WorkFunction& work, const Dispatcher::OutcomeObserver& observe,
                              const std::function<bool()>& stop_requested) {
  const Communicator ranks = session.world.duplicate();
  const bool rank_0_works = session.calls_from_any_thread;
  const Exchange ask = [&](const WorkRequest& request) { return ask_rank_0(ranks, request); };
  if (ranks.rank() != 0) {
    work_until_dismissed(work, ask, stop_requested);
    return 0;
  }
  Dispatcher dispatcher(items, rank_0_works ? ranks.size() : ranks.size() - 1, observe);
  if (!rank_0_works) {
    answer_requests(ranks, items, dispatcher, stop_requested);
    return dispatcher.num_left();
  }
  std::thread service([&] {
    try {
      answer_requests(ranks, items, dispatcher, stop_requested);
    } catch (const std::exception& error) {
      abort_all_ranks(error);
    }
  });
  work_until_dismissed(work, ask, stop_requested);
  service.join();
  return dispatcher.num_left();
}

}  // namespace

std::size_t share_work(const MpiSession& session, const std::vector<WorkItem>& items,
                       const WorkFunction& work, const Dispatcher::OutcomeObserver& observe,
                       const std::function<bool()>& stop_requested) {
  if (session.world.size() == 1) {
    Dispatcher dispatcher(items, 1, observe);
    const Exchange ask = [&](const WorkRequest& request) {
      const std::optional<std::size_t> place = dispatcher.handle(0, request).front().item;
      return place ? std::optional(items[*place]) : std::nullopt;
    };
    work_until_dismissed(work, ask, stop_requested);
    return dispatcher.num_left();
  }
  try {
    return share_among_ranks(session, items, work, observe, stop_requested);
  } catch (const std::exception& error) {
    // The other ranks wait for this one, and so does the answering thread.
    abort_all_ranks(error);
  }
}

}  // namespace bramble
