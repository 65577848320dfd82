"""数据发布 of the portal: lists that scripts fill, one of them from a dead interface; a slow page."""

from __future__ import annotations

from dataclasses import replace

from crawler.demo.answers import Answer
from crawler.demo.ground import Frame, Ground, Registered
from crawler.demo.publishing import (
    Article,
    Block,
    paragraphs,
    publish_article,
    publish_page,
    publish_portal,
    publish_scripted_list,
)
from crawler.demo.rows import Column, Row
from tests.district.portal.portal import FRAME, HOST, section

READINGS = Column("数据解读", "/sj/sjjd/", "数据发布")


def build_data(ground: Ground) -> None:
    """数据发布: a list that a script fills, one whose data interface is down, a slow page."""
    monthly = Column("统计数据", "/sj/tjsj/", "数据发布")
    bulletin = Column("统计公报", "/sj/tjgb/", "数据发布")
    analysis = Column("统计分析", "/sj/tjfx/", "数据发布")
    opened = Column("开放数据集", "/sj/kfsj/", "数据开放")
    query = Column("数据目录", "/sj/sjml/", "数据开放")
    frame = section("数据发布", "/sj/", monthly, bulletin, analysis, opened, query, READINGS)
    rows = []
    for turn in range(8):
        day = ground.ago(5 + 30 * turn)
        article = Article(
            f"/sj/tjsj/sj_{700 + turn}.html",
            f"全区规模以上工业主要指标（第{8 - turn}期）",
            day,
            paragraphs(
                "本期规模以上工业增加值同比增长百分之五点六，主要行业保持平稳，高技术制造业增速较快。",
                "数据来源于区统计局月度快报，最终数据以年度核定为准。",
            ),
            source="区统计局",
        )
        publish_article(ground, frame, monthly, article)
        rows.append(article.row())
    publish_scripted_list(ground, frame, monthly, rows, "/api/tjsj.json")
    # Faults that only a browser can see: a scripted list that is old, and one that is empty.
    stale = ground.planted("col201-scripted")
    essays = []
    for turn in range(4):
        day = ground.ago((130 if stale else 10) + 40 * turn)
        article = Article(
            f"/sj/tjfx/fx_{720 + turn}.html",
            f"区域经济运行简析（之{4 - turn}）",
            day,
            paragraphs(
                "本期简析围绕工业、投资和消费三个方面，梳理主要指标变化，供各单位研究工作时参考。"
            ),
            source="区统计局",
        )
        publish_article(ground, frame, analysis, article)
        essays.append(article.row())
    publish_scripted_list(ground, frame, analysis, essays, "/api/tjfx.json")
    empty = ground.planted("col101-scripted")
    publish_scripted_list(ground, frame, opened, [] if empty else essays, "/api/kfsj.json")
    publish_scripted_list(
        ground, frame, bulletin, [row_of_bulletin(ground, frame, bulletin)], "/api/tjgb.json"
    )
    if ground.planted("col103-dead-interface"):
        key = (HOST, "/api/tjgb.json")
        ground.answers[key] = Answer(b'{"code":500}', 500, "application/json")

    publish_page(
        ground,
        frame,
        query,
        paragraphs(
            "数据目录按部门整理，每年全面维护一次，列明数据名称、共享方式和更新周期，供部门和公众查询使用。"
        ),
    )
    slowly = ground.answers[HOST, query.path]
    assert isinstance(slowly, Answer)
    ground.answers[HOST, query.path] = replace(slowly, delay=2.5)
    blocks = [
        Block.of(monthly, about="全区工业、投资、消费等主要经济指标，按月发布。"),
        Block.of(bulletin, about="国民经济和社会发展统计公报，按年发布。"),
        Block.of(query, about="各部门数据资源目录，便于查询和申请使用。"),
    ]
    publish_portal(ground, replace(frame, crumbs=FRAME.crumbs), Column("数据发布", "/sj/"), blocks)
    url = f"http://{HOST}"
    ground.register(
        Registered(monthly.name, url + monthly.path, "区统计局", monthly.type, "每月[60]"),
        Registered(bulletin.name, url + bulletin.path, "区统计局", bulletin.type, "365"),
        Registered(analysis.name, url + analysis.path, "区统计局", analysis.type, "90"),
        Registered(opened.name, url + opened.path, "区统计局", opened.type, "不定期"),
        Registered(query.name, url + query.path, "区统计局", query.type, "静态"),
    )


def row_of_bulletin(ground: Ground, frame: Frame, column: Column) -> Row:
    """The one article of 统计公报."""
    article = Article(
        "/sj/tjgb/gb_1.html",
        "明湖区国民经济和社会发展统计公报",
        ground.ago(90),
        paragraphs(
            "初步核算，全年全区地区生产总值稳步增长，城乡居民人均可支配收入增速快于经济增速，就业形势总体稳定。"
        ),
        source="区统计局",
    )
    publish_article(ground, frame, column, article)
    return article.row()
